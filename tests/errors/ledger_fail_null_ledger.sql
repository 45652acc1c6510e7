-- ledger_fail: ledger must not be NULL
SELECT ledger_fail(NULL, 'a', 1, 'x');
