-- kv_ledger: expires_at can only be set with the status 'done'
INSERT INTO kv_ledger(ledger, id, expires_at) VALUES ('import', 'a', 1000);
