-- ledger_fail: retry_in must be a number of seconds, a text such as '15m', or NULL; got 'soon'
SELECT ledger_fail('q', 'a', 1, 'x', 'soon');
