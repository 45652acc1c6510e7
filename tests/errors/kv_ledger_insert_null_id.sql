-- NOT NULL constraint failed: kv_ledger.id
INSERT INTO kv_ledger(ledger, payload) VALUES ('import', 1);
