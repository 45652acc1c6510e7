-- Claims in every kind of statement: each call is one change.
SELECT kv_clock(1000);
CREATE TABLE job(n INTEGER PRIMARY KEY, id, token);
-- The very first call, from inside an INSERT ... SELECT; then an UPDATE, a trigger, RETURNING, a transaction.
INSERT INTO job(n, id) SELECT value, 'id ' || value FROM json_each('[1, 2, 3, 4]') WHERE ledger_add('work', 'id ' || value);
INSERT INTO expect VALUES ('added', (SELECT pending FROM kv_progress), 4);
UPDATE job SET token = ledger_claim('work', id, 60) WHERE n <= 2;
INSERT INTO expect VALUES ('claimed', (SELECT count(*) FROM job JOIN kv_ledger USING (token) WHERE job.id = kv_ledger.id AND status = 'claimed'), 2);
CREATE TRIGGER job_done AFTER DELETE ON job BEGIN
  SELECT CASE ledger_done('work', old.id, old.token, 'result') WHEN 0 THEN RAISE(ABORT, 'lost') END;
END;
DELETE FROM job WHERE n = 1;
INSERT INTO expect VALUES ('done by a trigger', ledger_result('work', 'id 1'), 'result');
INSERT INTO expect SELECT 'FROM a table', count(*), 2 FROM (SELECT ledger_next('work', 60) AS j FROM job) WHERE j IS NOT NULL;
BEGIN;
SELECT ledger_add('work', 'never'), ledger_skip('work', 'skipped', 'x'), ledger_fail('work', 'id 2', token, 'x') FROM job WHERE n = 2;
SAVEPOINT s;
SELECT ledger_next('work', 60);
ROLLBACK TO s;
ROLLBACK;
INSERT INTO expect VALUES ('rolled back', (SELECT claimed || done || total FROM kv_progress), '314');
INSERT INTO expect SELECT 'so it is held', ledger_renew('work', 'id 2', token, 60), 1 FROM job WHERE n = 2;
CREATE VIEW due AS SELECT ledger_next('work', 60) AS j;
SELECT ledger_add('work', 'by a view');
INSERT INTO expect SELECT 'a view', json_extract(j, '$.id'), 'by a view' FROM due;
-- The caller's last_insert_rowid() stays.
INSERT INTO job(n) VALUES (77);
SELECT ledger_add('rowid', 'a'), ledger_next('rowid', 60), ledger_skip('rowid', 'b', 'x'), ledger_claim('rowid', 'c', 60), ledger_forget('rowid', 'c');
INSERT INTO kv_ledger(ledger, id) VALUES ('rowid', 'd');
DELETE FROM kv_ledger WHERE ledger = 'rowid';
INSERT INTO expect VALUES ('rowid', last_insert_rowid(), 77);
