-- kv_ledger: done_at must be a number of seconds; got '2026-11-26'
INSERT INTO kv_ledger(ledger, id, status, done_at) VALUES ('import', 'a', 'done', '2026-11-26');
