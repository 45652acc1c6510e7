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
