-- kv_ledger: done_at can only be set with the status 'done'
INSERT INTO kv_ledger(ledger, id, status, done_at) VALUES ('import', 'a', 'skipped', 1000);
