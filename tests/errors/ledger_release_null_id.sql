-- ledger_release: id must not be NULL
SELECT ledger_release('import', NULL, 1);
