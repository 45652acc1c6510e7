-- kv_ledger: row_key cannot be set
INSERT INTO kv_ledger(ledger, id, row_key) VALUES ('import', 'a', x'01');
