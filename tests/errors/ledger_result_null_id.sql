-- ledger_result: id must not be NULL
SELECT ledger_result('import', NULL);
