-- ledger_claim: attempt to write a readonly database (8)
SELECT ledger_mark('a');
PRAGMA query_only = ON;
SELECT ledger_claim('q', 'b', 60);
