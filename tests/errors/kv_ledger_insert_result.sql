-- kv_ledger: result can only be set with the status 'done'
INSERT INTO kv_ledger(ledger, id, result) VALUES ('import', 'a', 1);
