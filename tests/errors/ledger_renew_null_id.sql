-- ledger_renew: id must not be NULL
SELECT ledger_renew('q', NULL, 1, 60);
