-- kv_ledger: claimable_at must be a number of seconds; got Inf
SELECT ledger_add('import', 'a');
UPDATE kv_ledger SET claimable_at = 9e999;
