-- ledger_done: token must be a whole number; got NULL
-- ledger_claim() returns NULL for what somebody else has: look before going on.
SELECT ledger_claim('q', 'a', 60);
SELECT ledger_done('q', 'a', ledger_claim('q', 'a', 60));
