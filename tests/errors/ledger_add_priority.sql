-- ledger_add: priority must be a whole number; got 'high'
SELECT ledger_add('import', 'a', NULL, 0, 'high');
