-- ledger_next: lease must be more than 0; got 0
SELECT ledger_next('q', 0);
