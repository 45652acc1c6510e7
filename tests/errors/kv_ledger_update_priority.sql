-- kv_ledger: priority must be a whole number; got 'high'
SELECT ledger_add('import', 'a');
UPDATE kv_ledger SET priority = 'high';
