-- BEGIN ... COMMIT around a whole script: the transaction around all migrations does its work.
INSERT INTO kv_migration(version, up, down) VALUES (1, '-- made by hand
BEGIN TRANSACTION; -- begin
CREATE TABLE a(x);
CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE a SET x = x; END;
COMMIT; -- done', 'begin immediate; DROP TABLE a; end transaction'), (2, 'BEGIN; COMMIT', NULL), (3, '/* nothing */', NULL);
SELECT migrate();
INSERT INTO expect SELECT 'up', user_version, 3 FROM pragma_user_version;
INSERT INTO expect SELECT 'both are there', count(*), 2 FROM sqlite_schema WHERE name IN ('a', 't');
-- Semicolons that end nothing, and foreign keys switched around it all.
INSERT INTO kv_migration(version, up) VALUES (4, ';BEGIN;
CREATE TABLE b(x);;
;/**/;COMMIT;;'), (5, 'PRAGMA foreign_keys = off; BEGIN; CREATE TABLE c(x); COMMIT; PRAGMA foreign_keys = on;'), (6, 'CREATE TABLE d(x)');
BEGIN;
CREATE TABLE mine(x);
SELECT migrate(NULL, 4);
ROLLBACK;
INSERT INTO expect SELECT 'the transaction around it goes on', count(*), 0 FROM sqlite_schema WHERE name IN ('mine', 'b');
SELECT migrate();
INSERT INTO expect SELECT 'all of them', count(*), 3 FROM sqlite_schema WHERE name IN ('b', 'c', 'd');
