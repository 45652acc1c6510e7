-- ledger_mark: keep must be a number of seconds, a text such as '15m', or NULL; got 'long'
SELECT ledger_mark('import', 'a', NULL, 'long');
