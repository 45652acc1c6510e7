-- Repeatable migrations run behind those that have a version, by their names, when they are new and when they have changed.
.system mkdir m && echo "CREATE TABLE ran(name); INSERT INTO ran VALUES ('1');" >m/V1__a.sql && echo "INSERT INTO ran VALUES ('2');" >m/V2__b.sql
.system echo "INSERT INTO ran VALUES ('view b');" >m/R__view_b.sql && echo "INSERT INTO ran VALUES ('view');" >m/R__view.sql && echo "INSERT INTO ran VALUES ('10 first');" >m/R__10_first.sql
INSERT INTO expect SELECT 'shown without a version', group_concat(ifnull(version, '-') || ' ' || name || ' ' || state, '; '),
  '1 a pending; 2 b pending; - 10 first pending; - view pending; - view b pending' FROM kv_migration('m');
SELECT migrate('m', 1);
INSERT INTO expect SELECT 'not with a target below', group_concat(name), '1' FROM ran;
SELECT migrate('m', 2);
INSERT INTO expect SELECT 'each once', group_concat(name), '1,2,10 first,view,view b' FROM (SELECT name FROM ran ORDER BY rowid);
INSERT INTO expect VALUES ('nothing is left', migrate_check('m'), 1);
SELECT migrate('m');
INSERT INTO expect SELECT 'not again', count(*), 5 FROM ran;
-- Changed, but for the line's end of another system.
.system printf "INSERT INTO ran VALUES ('view');\r\n\r\n" >m/R__view.sql && echo "INSERT INTO ran VALUES ('other b');" >m/R__view_b.sql
INSERT INTO expect VALUES ('one is due', migrate_check('m'), 0);
INSERT INTO expect SELECT 'it is pending', group_concat(name), 'view b' FROM kv_migration('m') WHERE state = 'pending';
SELECT migrate('m');
INSERT INTO expect SELECT 'that one runs', group_concat(name), 'other b' FROM ran WHERE rowid > 5;
-- One that is gone is nobody's business, and down runs none.
.system rm m/R__view.sql && echo "SELECT 'changed';" >m/R__view_b.sql && echo 'SELECT 1;' >m/U2__b.sql
SELECT migrate_down(1, 'm');
INSERT INTO expect SELECT 'still pending', group_concat(ifnull(version, '-') || ' ' || state), '1 applied,2 pending,- applied,- pending' FROM kv_migration('m');
INSERT INTO expect SELECT 'rows are told apart', count(*), 8 FROM kv_migration WHERE directory = 'm' OR directory = './m';
-- Alone in a directory, as long as none with a version was applied.
DELETE FROM larder_migration;
DELETE FROM larder_meta WHERE name GLOB 'migration.*';
PRAGMA user_version = 0;
.system mkdir alone && echo "INSERT INTO ran VALUES ('alone');" >alone/R__alone.sql
INSERT INTO expect VALUES ('it is due', migrate_check('alone'), 0);
SELECT migrate('alone');
INSERT INTO expect VALUES ('it has run', migrate_check('alone'), 1);
INSERT INTO expect SELECT 'once', count(*), 1 FROM ran WHERE name = 'alone';
-- Without a transaction.
.system mkdir free && printf -- "-- migrate:no-transaction\nINSERT INTO ran VALUES ('free a');" >free/R__a.sql && printf -- "-- migrate:no-transaction\nINSERT INTO ran VALUES ('free b');" >free/R__b.sql
SELECT migrate('free');
INSERT INTO expect SELECT 'each once', group_concat(name), 'free a,free b' FROM ran WHERE name GLOB 'free*';
INSERT INTO expect VALUES ('both have run', migrate_check('free'), 1);
