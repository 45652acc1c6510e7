-- migrate: migration 1 (raise):2: not today (statement 3, nothing was applied)
INSERT INTO kv_migration(version, name, up) VALUES (1, 'raise', 'CREATE TABLE a(x); CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT RAISE(ABORT, ''not today''); END;
INSERT INTO a VALUES (1);');
SELECT migrate();
