-- ledger_mark: ledger must not be NULL
SELECT ledger_mark(NULL, 'a');
