-- unsafe use of virtual table "kv_migration"
-- only where sqlite_version() >= '3.40'
-- What is declared will run with the program's rights: a file must not declare it.
CREATE TABLE item(id);
CREATE TRIGGER tr AFTER INSERT ON item BEGIN INSERT INTO kv_migration(version, up) VALUES (1000, 'SELECT 1'); END;
INSERT INTO item VALUES (1);
