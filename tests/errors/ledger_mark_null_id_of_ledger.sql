-- ledger_mark: id must not be NULL
SELECT ledger_mark('import', NULL);
