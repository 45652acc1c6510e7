-- ledger_done: id must not be NULL
SELECT ledger_done('q', NULL, 1);
