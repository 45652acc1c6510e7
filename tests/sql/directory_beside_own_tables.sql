-- Tables of the user's that look a little like a history of another tool are none: migrate() runs, and the doctor is content.
.system mkdir m && echo 'CREATE TABLE a(x);' >m/1_a.sql
CREATE TABLE item(id INTEGER PRIMARY KEY, version INTEGER, name TEXT);
INSERT INTO item VALUES (1, 1, 'a');
CREATE TABLE app_version(version TEXT);
INSERT INTO app_version VALUES ('1');
CREATE TABLE schema_version(version INTEGER PRIMARY KEY);
INSERT INTO schema_version VALUES (1);
CREATE TABLE release(version VARCHAR(20) PRIMARY KEY, released_on TEXT);
INSERT INTO release VALUES ('1', '2023-11-14');
CREATE TABLE page(id INTEGER PRIMARY KEY, version INTEGER, dirty BOOLEAN);
INSERT INTO page VALUES (1, 1, 0);
CREATE TABLE draft(dirty BOOLEAN, version INTEGER);
INSERT INTO draft VALUES (0, 1);
CREATE TABLE upload(id INTEGER PRIMARY KEY, hash TEXT NOT NULL, created_at NUMERIC);
INSERT INTO upload VALUES (1, 'e3b0c442', 1700000000);
CREATE TABLE coupon(id INTEGER PRIMARY KEY, name TEXT, applied_at TIMESTAMP);
INSERT INTO coupon VALUES (1, '1_a', '2023-11-14'), (2, 'SPRING', '2023-11-15');
CREATE TABLE permission(id INTEGER PRIMARY KEY, app TEXT, name TEXT, applied INTEGER);
INSERT INTO permission VALUES (1, 'auth', '0001_initial', 1);
CREATE TABLE firmware(version_num TEXT);
INSERT INTO firmware VALUES ('467cab35af63');
CREATE TABLE batch(id INTEGER PRIMARY KEY, name TEXT, batch INTEGER);
INSERT INTO batch VALUES (1, '1_a', 1);
CREATE TABLE document(id INTEGER PRIMARY KEY, version_id INTEGER, is_applied INTEGER);
INSERT INTO document VALUES (1, 1, 1);
CREATE TABLE installed(version INTEGER, description TEXT, installed_on TIMESTAMP, success BOOLEAN);
INSERT INTO installed VALUES (1, 'a', '2023-11-14', 1);
CREATE TABLE run(version INTEGER, run_on TIMESTAMP, host TEXT);
INSERT INTO run VALUES (1, '2023-11-14', 'a');
CREATE TABLE ar_internal_metadata(key VARCHAR PRIMARY KEY, value VARCHAR);
-- Nor is what only looks like a table, or has no row, or is in another database.
CREATE VIEW goose_db_version AS SELECT 1 AS id, 1 AS version_id, 1 AS is_applied, 1 AS tstamp;
CREATE TABLE knex_migrations(id INTEGER PRIMARY KEY AUTOINCREMENT, name VARCHAR(255), batch INTEGER, migration_time DATETIME);
CREATE TEMP TABLE schema_migrations(version uint64, dirty bool);
INSERT INTO schema_migrations VALUES (1, 0);
SELECT migrate('m');
INSERT INTO expect SELECT 'it ran', count(*), 0 FROM a;
INSERT INTO expect SELECT 'the doctor', status || ': ' || message, 'ok: 1 applied' FROM kv_check WHERE name = 'migrations';
