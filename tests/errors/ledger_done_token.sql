-- ledger_done: token must be a whole number; got 'mine'
SELECT ledger_done('q', 'a', 'mine');
