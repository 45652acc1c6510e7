-- ledger_release: delay must have an end; got Inf
SELECT ledger_release('import', 'a', 1, 9e999);
