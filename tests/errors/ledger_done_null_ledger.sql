-- ledger_done: ledger must not be NULL
SELECT ledger_done(NULL, 'a', 1);
