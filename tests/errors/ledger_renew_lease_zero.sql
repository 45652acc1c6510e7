-- ledger_renew: lease must be more than 0; got 0
SELECT ledger_renew('q', 'a', 1, 0);
