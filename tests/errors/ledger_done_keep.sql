-- ledger_done: keep must be a number of seconds, a text such as '15m', or NULL; got 'long'
SELECT ledger_done('q', 'a', 1, 'r', 'long');
