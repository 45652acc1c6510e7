-- ledger_add: delay must have an end; got Inf
SELECT ledger_add('import', 'a', NULL, 9e999);
