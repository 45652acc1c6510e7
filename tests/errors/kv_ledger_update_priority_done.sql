-- kv_ledger: priority, claimable_at and attempts can only be changed of what waits; 'a' is done
SELECT ledger_mark('import', 'a');
UPDATE kv_ledger SET priority = 5;
