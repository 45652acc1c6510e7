-- ledger_release: ledger must not be NULL
SELECT ledger_release(NULL, 'a', 1);
