-- A check in the statement or transaction that writes: either the lease is held to its end, or nothing is written.
CREATE TABLE report(line);
CREATE TABLE batch(x);
INSERT INTO batch VALUES (1), (2), (3);
SELECT kv_clock(1000), lease_acquire('nightly', 10, 'Ada');
INSERT INTO report SELECT x FROM batch WHERE lease_check('nightly', 1);
INSERT INTO expect VALUES ('held', (SELECT count(*) FROM report), 3);
UPDATE report SET line = line * 10 WHERE lease_check('nightly', 1);
DELETE FROM report WHERE line = 30 AND lease_check('nightly', 1);
INSERT INTO report VALUES (lease_check('nightly', 1));
INSERT INTO expect VALUES ('in every statement', (SELECT group_concat(line) FROM report), '10,20,1');
-- Acquired, renewed and given back inside other statements.
INSERT INTO report SELECT lease_acquire('n' || x, 10, 'x') FROM batch;
UPDATE report SET line = lease_renew('n1', 1, 20) WHERE line = 10;
INSERT INTO expect VALUES ('by statements', (SELECT group_concat(line) FROM report), '1,20,1,1,1,1'), ('rows', (SELECT count(*) FROM kv_lease), 4);
DELETE FROM report WHERE lease_release('n2', 1);
INSERT INTO expect VALUES ('the first call released', (SELECT count(*) FROM report), 5);
CREATE TRIGGER one AFTER INSERT ON batch BEGIN SELECT lease_check('nightly', 1), lease_renew('nightly', 1, 50); END;
INSERT INTO batch VALUES (4);
INSERT INTO expect VALUES ('in a trigger', (SELECT expires_at FROM kv_lease WHERE name = 'nightly'), 1050.0);
-- Rolled back with the rest.
BEGIN;
SELECT lease_acquire('gone', 10, 'x'), lease_release('nightly', 1), run_start('gone', 10);
ROLLBACK;
INSERT INTO expect VALUES ('rolled back', (SELECT group_concat(name) FROM kv_lease), 'n1,n3,nightly'), ('runs', (SELECT count(*) FROM kv_run), 0);
INSERT INTO report(rowid, line) VALUES (1000, lease_acquire('rowid', 1) + run_start('rowid', 1));
INSERT INTO expect VALUES ('the rowid is the caller''s', last_insert_rowid(), 1000);
