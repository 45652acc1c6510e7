-- That a repeatable migration has run is undone with what it did.
.system mkdir m && echo 'CREATE TABLE a(x);' >m/V1__a.sql && echo 'DROP VIEW IF EXISTS v; CREATE VIEW v AS SELECT 1 AS one;' >m/R__v.sql
BEGIN;
SELECT migrate('m');
INSERT INTO expect SELECT 'there', one, 1 FROM v;
ROLLBACK;
INSERT INTO expect VALUES ('due again', migrate_check('m'), 0);
INSERT INTO expect SELECT 'not there', count(*), 0 FROM sqlite_schema WHERE name IN ('a', 'v');
SELECT migrate('m');
INSERT INTO expect SELECT 'there', one, 1 FROM v;
.system echo 'DROP VIEW IF EXISTS v; CREATE VIEW v AS SELECT 2 AS one;' >m/R__v.sql
SELECT migrate('m');
INSERT INTO expect SELECT 'the new text', one, 2 FROM v;
INSERT INTO expect SELECT 'the doctor', status || ': ' || message, 'ok: 1 applied' FROM kv_check WHERE name = 'migrations';
