-- A target stops the way up; what is pending above it stays pending.
INSERT INTO kv_migration(version, up) VALUES
  (1, 'CREATE TABLE a(x)'), (2, 'CREATE TABLE b(x)'), (3, 'CREATE TABLE c(x)');
SELECT migrate(NULL, 2);
INSERT INTO expect SELECT 'up to two', group_concat(version || state), '1applied,2applied,3pending' FROM kv_migration;
INSERT INTO expect SELECT 'user_version', user_version, 2 FROM pragma_user_version;
INSERT INTO expect SELECT 'tables', group_concat(name), 'a,b' FROM sqlite_schema WHERE name IN ('a', 'b', 'c');
-- A target below where the database is undoes nothing: that is migrate_down.
SELECT migrate(NULL, 1);
INSERT INTO expect SELECT 'not down', user_version, 2 FROM pragma_user_version;
-- Bindings send text.
SELECT migrate(NULL, '99');
INSERT INTO expect SELECT 'all', user_version, 3 FROM pragma_user_version;
