-- ledger_skip: id must not be NULL
SELECT ledger_skip('q', NULL, 'x');
