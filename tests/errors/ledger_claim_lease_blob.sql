-- ledger_claim: lease must be a number of seconds, a text such as '15m', or NULL; got a BLOB of 2 bytes
SELECT ledger_claim('q', 'a', x'0102');
