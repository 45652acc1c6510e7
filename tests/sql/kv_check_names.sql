-- A table or view of the user's by the name of one of Larder's hides it, in whatever database it stands. Other programs make such tables
-- without a word. The doctor names each.
INSERT INTO expect SELECT name, status || ': ' || message, 'ok: none of Larder''s tables is hidden' FROM kv_check WHERE name = 'names';
SELECT cache_set('a', 1);
-- Names have no case, whatever LIKE finds.
PRAGMA case_sensitive_like = ON;
CREATE TABLE KV_Cache(key TEXT, value);
CREATE TEMP VIEW kv_ledger AS SELECT 1 AS id;
ATTACH ':memory:' AS "an ""other""";
CREATE TABLE "an ""other""".kv_run(id);
-- These hide nothing.
CREATE TABLE kv_mine(id);
CREATE TABLE kvxlease(id);
CREATE INDEX kv_lease ON kv_mine(id);
CREATE TEMP TABLE other(kv_stats);
INSERT INTO expect SELECT 'hidden', group_concat(replace(replace(message, ' hides Larder''s table of that name;', ':'), ' shows it again', ''), ' | '),
  'the table main.KV_Cache: ALTER TABLE ... RENAME TO, or DROP TABLE, | the view temp.kv_ledger: DROP VIEW | the table an "other".kv_run: ALTER TABLE ... RENAME TO, or DROP TABLE,' FROM kv_check WHERE name = 'names' AND status = 'warning';
INSERT INTO expect VALUES ('indeed', (SELECT count(*) FROM kv_cache), 0);
-- As it says.
ALTER TABLE main.KV_Cache RENAME TO mine;
DROP VIEW temp.kv_ledger;
DROP TABLE "an ""other""".kv_run;
INSERT INTO expect SELECT 'shown again', group_concat(status), 'ok' FROM kv_check WHERE name = 'names';
INSERT INTO expect VALUES ('indeed shown', (SELECT count(*) FROM kv_cache), 1);
-- Also a view whose row says so in capitals, as no SQLite writes it.
.dbconfig defensive off
PRAGMA writable_schema = ON;
INSERT INTO sqlite_schema VALUES ('VIEW', 'kv_run', 'kv_run', 0, 'CREATE VIEW kv_run AS SELECT 1 AS id');
PRAGMA writable_schema = RESET;
INSERT INTO expect SELECT 'in capitals', message, 'the view main.kv_run hides Larder''s table of that name; DROP VIEW shows it again' FROM kv_check WHERE name = 'names';
