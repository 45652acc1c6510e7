-- kv_ledger: only ledger, id and payload can be set
INSERT INTO kv_ledger(ledger, id, row_key) VALUES ('import', 'a', x'01');
