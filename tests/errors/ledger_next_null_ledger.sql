-- ledger_next: ledger must not be NULL
SELECT ledger_next(NULL, 60);
