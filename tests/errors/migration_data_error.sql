-- migrate: migration 2 (data):3: UNIQUE constraint failed: a.x (statement 2, nothing was applied)
-- The place is the beginning of the statement, comments before it left aside.
INSERT INTO kv_migration(version, name, up) VALUES (1, 'table', 'CREATE TABLE a(x UNIQUE)'),
(2, 'data', 'INSERT INTO a VALUES (1);
-- the same again
INSERT INTO a VALUES (1);
INSERT INTO a VALUES (2)');
SELECT migrate();
