-- kv_ledger: shown_at cannot be set
INSERT INTO kv_ledger(ledger, id, shown_at) VALUES ('import', 'a', 2);
