-- ledger_add: delay must be a number of seconds, a text such as '15m', or NULL; got 'soon'
SELECT ledger_add('import', 'a', NULL, 'soon');
