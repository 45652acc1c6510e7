-- ledger_seen: id must not be NULL
SELECT ledger_seen(NULL);
