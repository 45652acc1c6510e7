-- ledger_claim: lease must be a number of seconds, a text such as '15m', or NULL; got 'soon'
SELECT ledger_claim('q', 'a', 'soon');
