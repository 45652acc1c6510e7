-- What triggers and foreign keys do to a row that expires they do to it in any DELETE. An error ends the sweep of its table, and no other.
SELECT kv_clock(10000);
CREATE TABLE a(id INTEGER PRIMARY KEY, at);
CREATE TABLE b(id INTEGER PRIMARY KEY, at);
CREATE INDEX b_at ON b(at);
CREATE TABLE log(id, at);
INSERT INTO kv_expiry VALUES ('a', 'at', 0, 's'), ('b', 'at', 0, 's');
CREATE TRIGGER a_deleted AFTER DELETE ON a BEGIN INSERT INTO log VALUES (old.id, old.at); SELECT cache_set('latest', old.id, 60), ledger_mark('gone', old.id), kv_sweep(); END;
INSERT INTO a VALUES (1, 1), (2, 2);
INSERT INTO expect VALUES ('with Larder in a trigger', kv_sweep(), 2), ('which leaves them to it', (SELECT count(*) FROM a), 0), ('logged', (SELECT count(*) FROM log), 2), ('stored', cache_get('latest'), 2);
DROP TRIGGER a_deleted;

CREATE TRIGGER a_raises BEFORE DELETE ON a WHEN old.id = 3 BEGIN SELECT RAISE(ABORT, 'three stays'); END;
INSERT INTO a VALUES (1, 1), (2, 2), (3, 3), (4, 4);
INSERT INTO b VALUES (1, 1);
INSERT INTO expect VALUES ('up to it, and the next table', kv_sweep(), 3), ('it stays', (SELECT group_concat(id) FROM a), '3,4'),
  ('why', (SELECT error FROM kv_expiry WHERE table_name = 'a'), 'three stays'), ('the other', (SELECT error FROM kv_expiry WHERE table_name = 'b'), NULL),
  ('the doctor', (SELECT message FROM kv_check WHERE name = 'expiry' AND status = 'error'), 'the latest sweep of ''a'' ended early: three stays');
DROP TRIGGER a_raises;
INSERT INTO expect VALUES ('once it is gone', kv_sweep(), 2), ('', (SELECT error FROM kv_expiry WHERE table_name = 'a'), NULL);

-- One that ends the whole transaction.
CREATE TRIGGER a_raises BEFORE DELETE ON a WHEN old.id = 3 BEGIN SELECT RAISE(ROLLBACK, 'all back'); END;
INSERT INTO a VALUES (1, 1), (3, 3);
INSERT INTO b VALUES (1, 1);
SELECT kv_sweep();
INSERT INTO expect VALUES ('the step is undone', (SELECT group_concat(id) FROM a), '1,3'), ('the next table', (SELECT count(*) FROM b), 0), ('why', (SELECT error FROM kv_expiry WHERE table_name = 'a'), 'all back');
DROP TRIGGER a_raises;
DELETE FROM a;

-- Rows that a trigger keeps are passed over, by an index and without one; rows that it makes are for the next time.
CREATE TRIGGER a_keeps BEFORE DELETE ON a WHEN old.id < 3000 BEGIN SELECT RAISE(IGNORE); END;
CREATE TRIGGER b_keeps BEFORE DELETE ON b WHEN old.id < 3000 BEGIN SELECT RAISE(IGNORE); END;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3100)
INSERT INTO a SELECT i, 5 FROM n;
INSERT INTO b SELECT id, at FROM a;
INSERT INTO expect VALUES ('those behind them', kv_sweep(), 202), ('', (SELECT count(*) FROM a) + (SELECT count(*) FROM b), 2 * 2999), ('no error', (SELECT count(error) FROM kv_expiry), 0);
DROP TRIGGER a_keeps;
DROP TRIGGER b_keeps;
CREATE TRIGGER a_again AFTER DELETE ON a BEGIN INSERT INTO a VALUES (old.id, old.at); END;
CREATE TRIGGER b_more AFTER DELETE ON b BEGIN INSERT INTO b VALUES (old.id + 10000, old.at); END;
INSERT INTO expect VALUES ('it ends', kv_sweep(), 2 * 2999), ('all are there', (SELECT count(*) FROM a) + (SELECT count(*) FROM b), 2 * 2999);
DROP TRIGGER a_again;
DROP TRIGGER b_more;
DELETE FROM a;
DELETE FROM b;

-- Foreign keys.
CREATE TABLE child(a REFERENCES a ON DELETE CASCADE);
INSERT INTO a VALUES (1, 1), (2, 2);
INSERT INTO child VALUES (1), (1);
INSERT INTO expect VALUES ('cascade', kv_sweep(), 2), ('children go along', (SELECT count(*) FROM child), 0);
CREATE TABLE stays(a REFERENCES a);
INSERT INTO a VALUES (1, 1), (2, 2);
INSERT INTO stays VALUES (2);
INSERT INTO expect VALUES ('one goes', kv_sweep(), 1), ('why not the other', (SELECT error FROM kv_expiry WHERE table_name = 'a'), 'FOREIGN KEY constraint failed');
DROP TABLE stays;
CREATE TABLE later(a REFERENCES a DEFERRABLE INITIALLY DEFERRED);
INSERT INTO later VALUES (2);
INSERT INTO b VALUES (1, 1);
SELECT kv_sweep();
INSERT INTO expect VALUES ('before the COMMIT finds out', (SELECT count(*) FROM a), 1), ('the next table', (SELECT count(*) FROM b), 0), ('why', (SELECT error FROM kv_expiry WHERE table_name = 'a'), 'FOREIGN KEY constraint failed');
BEGIN;
SELECT kv_sweep();
COMMIT;
INSERT INTO expect VALUES ('nor in a transaction', (SELECT count(*) FROM a), 1);
