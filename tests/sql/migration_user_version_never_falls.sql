-- A folder that goes over from numbers to timestamps of 14 digits, which user_version cannot say: it counts on.
INSERT INTO kv_migration(version, up) VALUES (1, 'CREATE TABLE a(x)'), (44, 'CREATE TABLE b(x)');
SELECT migrate();
INSERT INTO expect SELECT 'a number', user_version, 44 FROM pragma_user_version;
INSERT INTO kv_migration(version, up) VALUES (20240102030405, 'CREATE TABLE c(x)'), (20240102030406, 'CREATE TABLE d(x)');
SELECT migrate();
INSERT INTO expect SELECT 'counts on', user_version, 46 FROM pragma_user_version;
INSERT INTO expect SELECT 'the doctor agrees', status, 'ok' FROM kv_check WHERE name = 'migrations';
