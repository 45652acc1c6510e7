-- kv_ledger: priority, claimable_at and attempts can only be changed of what waits; 'a' is claimed
SELECT ledger_claim('import', 'a', 60);
UPDATE kv_ledger SET attempts = 0;
