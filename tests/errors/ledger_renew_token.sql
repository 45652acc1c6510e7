-- ledger_renew: token must be a whole number; got a BLOB of 1 bytes
SELECT ledger_renew('q', 'a', x'01', 60);
