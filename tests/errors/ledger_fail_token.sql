-- ledger_fail: token must be a whole number; got 1.5
SELECT ledger_fail('q', 'a', 1.5, 'x');
