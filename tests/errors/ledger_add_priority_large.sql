-- ledger_add: priority must be a whole number; got 9.22337203685478e+18
SELECT ledger_add('import', 'a', NULL, 0, 9223372036854775808);
