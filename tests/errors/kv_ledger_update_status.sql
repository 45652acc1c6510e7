-- kv_ledger: status can only be changed from 'dead', 'failed' or 'skipped' to 'pending'; got 'done' for 'a', which is pending
SELECT ledger_add('import', 'a');
UPDATE kv_ledger SET status = 'done' WHERE id = 'a';
