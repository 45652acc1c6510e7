-- ledger_renew: lease must be a number of seconds, a text such as '15m', or NULL; got 'soon'
SELECT ledger_renew('q', 'a', 1, 'soon');
