-- kv_ledger: status can only be changed from 'dead', 'failed' or 'skipped' to 'pending'; got a BLOB of 7 bytes for 'a', which is skipped
SELECT ledger_skip('import', 'a', 'why');
UPDATE kv_ledger SET status = CAST('pending' AS BLOB);
