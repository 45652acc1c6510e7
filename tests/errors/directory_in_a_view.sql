-- unsafe use of virtual table "kv_migration"
-- A file may come from anywhere: its views read no directories.
CREATE VIEW v AS SELECT * FROM kv_migration('/etc');
SELECT * FROM v;
