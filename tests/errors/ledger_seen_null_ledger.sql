-- ledger_seen: ledger must not be NULL
SELECT ledger_seen(NULL, 'a');
