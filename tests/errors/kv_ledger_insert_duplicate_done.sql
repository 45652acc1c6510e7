-- UNIQUE constraint failed: kv_ledger.ledger, kv_ledger.id
SELECT ledger_mark('import', '42');
INSERT INTO kv_ledger(ledger, id, status) VALUES ('import', 42, 'done');
