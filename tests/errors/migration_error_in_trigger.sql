-- migrate: migration 1 (trigger):3: no such table: main.no_such (statement 3, nothing was applied)
-- The trigger compiles; the statement that fires it does not.
INSERT INTO kv_migration(version, name, up) VALUES (1, 'trigger', 'CREATE TABLE a(x);
CREATE TRIGGER t AFTER INSERT ON a BEGIN INSERT INTO no_such VALUES (1); END;
INSERT INTO a VALUES (1);');
SELECT migrate();
