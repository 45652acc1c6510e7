-- kv_ledger: error can only be set with the status 'skipped'
INSERT INTO kv_ledger(ledger, id, status, error) VALUES ('import', 'a', 'done', 'why');
