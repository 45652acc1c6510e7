-- ledger_result: ledger must not be NULL
SELECT ledger_result(NULL, 'a');
