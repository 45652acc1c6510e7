-- A table that keeps nothing: what is inserted is computed once, and given back.
CREATE TABLE t(x INTEGER PRIMARY KEY);
INSERT INTO t VALUES (41);

INSERT INTO kv_answer VALUES (cache_incr('n'));
INSERT INTO kv_answer SELECT cache_incr('n') FROM (SELECT 1 UNION ALL SELECT 2);
INSERT INTO kv_answer(value) VALUES (cache_incr('n')), (cache_incr('n'));
INSERT INTO kv_answer DEFAULT VALUES;
INSERT OR REPLACE INTO kv_answer VALUES (cache_incr('n'));
INSERT INTO expect VALUES
  ('each call once', cache_get('n'), 6),
  ('nothing is kept', (SELECT count(*) FROM kv_answer), 0),
  ('nothing is found', (SELECT count(*) FROM kv_answer WHERE value = 1), 0),
  ('last_insert_rowid() stays', last_insert_rowid(), 41);
DELETE FROM kv_answer;
UPDATE kv_answer SET value = cache_incr('n');
INSERT INTO expect VALUES ('there is nothing to delete or update', cache_get('n'), 6);

BEGIN;
INSERT INTO kv_answer SELECT ledger_mark('m', 1);
ROLLBACK;
INSERT INTO expect VALUES ('a call is undone with its transaction', ledger_seen('m', 1), 0);

CREATE TRIGGER marks AFTER INSERT ON t BEGIN INSERT INTO kv_answer SELECT ledger_mark('m', new.x); END;
INSERT INTO t VALUES (42);
INSERT INTO expect VALUES ('in a trigger', ledger_seen('m', 42), 1);
