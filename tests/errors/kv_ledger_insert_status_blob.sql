-- kv_ledger: status must be 'pending', 'done' or 'skipped'; got a BLOB of 4 bytes
INSERT INTO kv_ledger(ledger, id, status) VALUES ('import', 'a', x'646f6e65');
