-- ledger_next: lease must be a number of seconds, a text such as '15m', or NULL; got 'soon'
SELECT ledger_next('q', 'soon');
