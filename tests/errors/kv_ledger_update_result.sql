-- kv_ledger: only payload, priority, claimable_at, status and attempts can be changed
SELECT ledger_mark('import', 'a', 'r');
UPDATE kv_ledger SET result = NULL;
