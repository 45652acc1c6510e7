-- NOT NULL constraint failed: kv_ledger.ledger
INSERT INTO kv_ledger(id) VALUES ('a');
