-- ledger_release: token must be a whole number; got 'x'
SELECT ledger_release('import', 'a', 'x');
