-- kv_ledger: owner cannot be set
INSERT INTO kv_ledger(ledger, id, owner) VALUES ('import', 'a', 'me');
