-- Rows of the history that no Larder writes, with versions below 0, do not stand for repeatable migrations.
.system mkdir m && echo "CREATE TABLE log(x);" >m/V1__a.sql
.system for r in a b; do printf -- "-- migrate:no-transaction\nINSERT INTO log VALUES ('$r');" >m/R__$r.sql; done
CREATE TABLE log(x);
CREATE TRIGGER too_often BEFORE INSERT ON log WHEN (SELECT count(*) FROM log) >= 9 BEGIN SELECT RAISE(ABORT, 'it runs for ever'); END;
SELECT migrate_baseline(1, 'm');
INSERT INTO larder_migration VALUES (-1, '', '', NULL, '', '', 0, NULL), (-2, '', '', NULL, '', '', 0, NULL);
SELECT migrate('m');
INSERT INTO expect SELECT 'each once', group_concat(x), 'a,b' FROM log;
INSERT INTO expect SELECT 'shown as they are', group_concat(ifnull(version, name) || ' ' || state), '-2 missing,-1 missing,1 applied,a applied,b applied' FROM kv_migration('m');
SELECT migrate('m');
INSERT INTO expect SELECT 'not again', count(*), 2 FROM log;
