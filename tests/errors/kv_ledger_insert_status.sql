-- kv_ledger: status must be 'pending', 'done' or 'skipped'; got 'dead'
INSERT INTO kv_ledger(ledger, id, status) VALUES ('import', 'a', 'dead');
