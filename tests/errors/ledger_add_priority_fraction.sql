-- ledger_add: priority must be a whole number; got 0.5
SELECT ledger_add('import', 'a', NULL, 0, 0.5);
