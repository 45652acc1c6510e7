-- ledger_next: max must be 1 or more; got 0
SELECT ledger_next('import', 60, NULL, 0);
