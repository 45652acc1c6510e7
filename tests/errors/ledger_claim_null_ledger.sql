-- ledger_claim: ledger must not be NULL
SELECT ledger_claim(NULL, 'a', 60);
