-- BEGIN and COMMIT around a script commit nothing: what a later script fails at undoes it, too.
INSERT INTO kv_migration(version, up) VALUES (1, 'BEGIN; CREATE TABLE a(x); COMMIT'), (2, 'CREATE TABLE b(x); SELECT absent FROM b');
SELECT migrate();
--> Error: migrate: migration 2:1: no such column: absent (statement 2, nothing was applied)
SELECT count(*) FROM sqlite_schema WHERE name IN ('a', 'b');
--> 0
