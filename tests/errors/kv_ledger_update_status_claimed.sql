-- kv_ledger: status can only be changed from 'dead', 'failed' or 'skipped' to 'pending'; got 'pending' for 'a', which is claimed
SELECT ledger_claim('import', 'a', 60);
UPDATE kv_ledger SET status = 'pending';
