-- ledger_claim: id must not be NULL
SELECT ledger_claim('q', NULL, 60);
