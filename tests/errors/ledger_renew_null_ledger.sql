-- ledger_renew: ledger must not be NULL
SELECT ledger_renew(NULL, 'a', 1, 60);
