-- ledger_next: max must be a whole number; got 'all'
SELECT ledger_next('import', 60, NULL, 'all');
