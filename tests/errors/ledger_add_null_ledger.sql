-- ledger_add: ledger must not be NULL
SELECT ledger_add(NULL, 'a');
