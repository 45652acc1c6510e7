-- kv_ledger: created_at must be a number of seconds; got Inf
INSERT INTO kv_ledger(ledger, id, created_at) VALUES ('import', 'a', 9e999);
