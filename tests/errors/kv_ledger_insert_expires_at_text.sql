-- kv_ledger: expires_at must be a time in Unix seconds or NULL; got '15m'
INSERT INTO kv_ledger(ledger, id, status, expires_at) VALUES ('import', 'a', 'done', '15m');
