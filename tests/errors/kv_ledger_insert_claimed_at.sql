-- kv_ledger: claimed_at cannot be set
INSERT INTO kv_ledger(ledger, id, claimed_at) VALUES ('import', 'a', 1);
