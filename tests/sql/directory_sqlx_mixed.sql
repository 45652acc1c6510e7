-- sqlx writes both: files that have no way down, and pairs.
.system mkdir m && echo 'CREATE TABLE a(x);' >m/1_a.sql && echo 'CREATE TABLE b(x);' >m/2_b.up.sql && echo 'DROP TABLE b;' >m/2_b.down.sql
SELECT migrate('m');
INSERT INTO expect SELECT 'up', user_version, 2 FROM pragma_user_version;
SELECT migrate_down(1, 'm');
INSERT INTO expect SELECT 'down', user_version, 1 FROM pragma_user_version;
INSERT INTO expect SELECT 'one is left', group_concat(name), 'a' FROM sqlite_schema WHERE name IN ('a', 'b');
