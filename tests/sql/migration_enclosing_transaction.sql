-- BEGIN ... COMMIT around a whole script: the transaction around all migrations does its work.
INSERT INTO kv_migration(version, up, down) VALUES (1, '-- made by hand
BEGIN TRANSACTION; -- begin
CREATE TABLE a(x);
CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE a SET x = x; END;
COMMIT; -- done', 'begin immediate; DROP TABLE a; end transaction'), (2, 'BEGIN; COMMIT', NULL), (3, '/* nothing */', NULL);
SELECT migrate();
INSERT INTO expect SELECT 'up', user_version, 3 FROM pragma_user_version;
INSERT INTO expect SELECT 'both are there', count(*), 2 FROM sqlite_schema WHERE name IN ('a', 't');
