-- kv_ledger: priority must be a whole number; got 1.5
INSERT INTO kv_ledger(ledger, id, priority) VALUES ('import', 'a', 1.5);
