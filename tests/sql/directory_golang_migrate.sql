-- NNN_name.up.sql and NNN_name.down.sql, as golang-migrate has them.
.system cp -r "$LARDER_MIGRATIONS/golang-migrate" migrations
SELECT migrate('migrations', 2);
INSERT INTO expect SELECT 'as far as the target', group_concat(state), 'applied,applied,pending' FROM kv_migration('migrations');
SELECT migrate('migrations');
INSERT INTO expect SELECT 'the rest', user_version, 3 FROM pragma_user_version;
INSERT INTO expect SELECT 'mood', count(*), 1 FROM pragma_table_info('users') WHERE name = 'mood';
SELECT migrate_down(1, 'migrations');
INSERT INTO expect SELECT 'down', user_version, 1 FROM pragma_user_version;
INSERT INTO expect SELECT 'no mood', count(*), 0 FROM pragma_table_info('users') WHERE name = 'mood';
SELECT migrate('migrations');
INSERT INTO expect SELECT 'up again', user_version, 3 FROM pragma_user_version;
SELECT migrate_down(0, 'migrations');
INSERT INTO expect SELECT 'all the way', user_version, 0 FROM pragma_user_version;
INSERT INTO expect SELECT 'nothing left', count(*), 0 FROM sqlite_schema WHERE name IN ('users', 'sessions');
INSERT INTO expect SELECT 'both scripts', up GLOB 'CREATE TABLE sessions*' AND down = 'DROP TABLE sessions;' || char(10), 1
FROM kv_migration('migrations') WHERE version = 3;
