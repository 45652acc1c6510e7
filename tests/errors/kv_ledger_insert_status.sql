-- kv_ledger: only ledger, id and payload can be set
INSERT INTO kv_ledger(ledger, id, status) VALUES ('import', 'a', 'done');
