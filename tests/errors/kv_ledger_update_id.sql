-- kv_ledger: only payload, priority, claimable_at, status and attempts can be changed
SELECT ledger_add('import', 'a');
UPDATE kv_ledger SET id = 'b';
