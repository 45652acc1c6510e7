-- kv_ledger: priority can only be set with the status 'pending'
INSERT INTO kv_ledger(ledger, id, status, priority) VALUES ('import', 'a', 'done', 1);
