-- What the doctor says of the migrations that were applied: whether their texts are those that ran, and user_version is theirs.
PRAGMA user_version = 3;
SELECT cache_set('a', 1);
INSERT INTO expect SELECT 'a version of somebody else''s', status || ': ' || message, 'ok: 0 applied' FROM kv_check WHERE name = 'migrations';
PRAGMA user_version = 0;
INSERT INTO kv_migration(version, name, up) VALUES (1, 'one', 'CREATE TABLE one(x)'), (2, 'two', 'CREATE TABLE two(x)');
SELECT migrate();
INSERT INTO expect SELECT name, status || ': ' || message, 'ok: 2 applied' FROM kv_check WHERE name = 'migrations';
PRAGMA user_version = 7;
INSERT INTO expect SELECT 'set by hand', status || ': ' || message, 'warning: PRAGMA user_version is 7, and by what was applied it is 2' FROM kv_check WHERE name = 'migrations';
PRAGMA user_version = 2;
UPDATE larder_migration SET up = 'DROP TABLE one' WHERE version = 2;
INSERT INTO expect SELECT 'a text that did not run', status || ': ' || message, 'error: the text of migration 2 (two) in larder_migration does not fit its checksum' FROM kv_check WHERE name = 'migrations';
UPDATE larder_migration SET up = 'CREATE TABLE two(x)' || char(13, 10) WHERE version = 2;
INSERT INTO expect SELECT 'ends of lines do not count', status, 'ok' FROM kv_check WHERE name = 'migrations';
-- A version that does not fit in user_version is counted there.
INSERT INTO kv_migration(version, name, up) VALUES (20240101120000, 'three', 'CREATE TABLE three(x)');
SELECT migrate();
INSERT INTO expect SELECT 'a timestamp', status || ': ' || message, 'ok: 3 applied' FROM kv_check WHERE name = 'migrations';
