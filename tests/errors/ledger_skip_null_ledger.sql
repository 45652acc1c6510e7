-- ledger_skip: ledger must not be NULL
SELECT ledger_skip(NULL, 'a', 'x');
