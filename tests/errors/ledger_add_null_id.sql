-- ledger_add: id must not be NULL
SELECT ledger_add('q', NULL);
