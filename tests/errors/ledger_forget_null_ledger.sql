-- ledger_forget: ledger must not be NULL
SELECT ledger_forget(NULL);
