-- ledger_claim: lease must be more than 0; got 0
SELECT ledger_claim('q', 'a', 0);
