-- ledger_fail: id must not be NULL
SELECT ledger_fail('q', NULL, 1, 'x');
