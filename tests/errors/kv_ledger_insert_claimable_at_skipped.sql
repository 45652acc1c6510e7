-- kv_ledger: claimable_at can only be set with the status 'pending'
INSERT INTO kv_ledger(ledger, id, status, claimable_at) VALUES ('import', 'a', 'skipped', 1);
