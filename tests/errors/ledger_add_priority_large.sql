-- ledger_add: priority must be a whole number; got 9.223372036854
SELECT ledger_add('import', 'a', NULL, 0, 9223372036854775808);
