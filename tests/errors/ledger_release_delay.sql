-- ledger_release: delay must be a number of seconds, a text such as '15m', or NULL; got 'later'
SELECT ledger_release('import', 'a', 1, 'later');
