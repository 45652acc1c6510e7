-- ledger_mark: attempt to write a readonly database (8)
SELECT ledger_mark('a');
PRAGMA query_only = ON;
SELECT ledger_mark('b');
