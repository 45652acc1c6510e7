-- table kv_ledger may not be modified
INSERT INTO kv_ledger(ledger, id, status) VALUES ('import', 'a', 'done');
