-- Tools let their table be called otherwise. It is known by its columns, and taken over as well.
.system mkdir m && echo 'CREATE TABLE a(x);' >m/1_a.sql && echo 'CREATE TABLE b(x);' >m/2_b.sql

CREATE TABLE "golang's moves" (version uint64,dirty bool);
INSERT INTO "golang's moves" VALUES (1, 0);
INSERT INTO expect VALUES ('golang-migrate', migrate_baseline('from', 'm'), 1);
INSERT INTO expect SELECT 'golang-migrate', group_concat(state), 'applied,pending' FROM kv_migration('m');
DROP TABLE "golang's moves";

DELETE FROM larder_migration;
PRAGMA user_version = 0;
CREATE TABLE "my ""moves""" (version varchar(128) primary key);
INSERT INTO "my ""moves""" VALUES ('1');
INSERT INTO expect VALUES ('dbmate', migrate_baseline('from', 'm'), 1);
INSERT INTO expect SELECT 'dbmate', group_concat(state), 'applied,pending' FROM kv_migration('m');
DROP TABLE "my ""moves""";

DELETE FROM larder_migration;
PRAGMA user_version = 0;
CREATE TABLE moves (version VARCHAR(50) PRIMARY KEY NOT NULL, run_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP);
INSERT INTO moves(version) VALUES ('1');
INSERT INTO expect VALUES ('diesel', migrate_baseline('from', 'm'), 1);
INSERT INTO expect SELECT 'diesel', group_concat(state), 'applied,pending' FROM kv_migration('m');
DROP TABLE moves;

DELETE FROM larder_migration;
PRAGMA user_version = 0;
CREATE TABLE moves (version int8 PRIMARY KEY, name VARCHAR(255), applied_on VARCHAR(255), checksum VARCHAR(255));
INSERT INTO moves VALUES (1, 'a', '2023-11-14T22:13:20Z', '7');
INSERT INTO expect VALUES ('refinery', migrate_baseline('from', 'm'), 1);
INSERT INTO expect SELECT 'refinery', group_concat(state), 'applied,pending' FROM kv_migration('m');
DROP TABLE moves;

DELETE FROM larder_migration;
PRAGMA user_version = 0;
CREATE TABLE moves (id INTEGER PRIMARY KEY AUTOINCREMENT, version_id INTEGER NOT NULL, is_applied INTEGER NOT NULL, tstamp TIMESTAMP DEFAULT (datetime('now')));
INSERT INTO moves(version_id, is_applied) VALUES (0, 1), (1, 1), (2, 1), (2, 0);
INSERT INTO expect VALUES ('goose', migrate_baseline('from', 'm'), 1);
INSERT INTO expect SELECT 'goose', group_concat(state), 'applied,pending' FROM kv_migration('m');
DROP TABLE moves;

DELETE FROM larder_migration;
PRAGMA user_version = 0;
CREATE TABLE moves (version BIGINT PRIMARY KEY, description TEXT NOT NULL, installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  success BOOLEAN NOT NULL, checksum BLOB NOT NULL, execution_time BIGINT NOT NULL);
INSERT INTO moves VALUES (1, 'a', '2023-11-14', TRUE, x'00', 1);
INSERT INTO expect VALUES ('sqlx', migrate_baseline('from', 'm'), 1);
INSERT INTO expect SELECT 'sqlx', group_concat(state), 'applied,pending' FROM kv_migration('m');
DROP TABLE moves;

DELETE FROM larder_migration;
PRAGMA user_version = 0;
CREATE TABLE moves (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL);
INSERT INTO moves(name) VALUES ('1_a.sql');
INSERT INTO expect VALUES ('D1', migrate_baseline('from', 'm'), 1);
INSERT INTO expect SELECT 'D1', group_concat(state), 'applied,pending' FROM kv_migration('m');

-- An empty table, and one that cannot be read, do not stand in the way of the one that can.
DELETE FROM larder_migration;
PRAGMA user_version = 0;
CREATE TABLE goose_db_version(id INTEGER PRIMARY KEY, version_id INTEGER, is_applied INTEGER, tstamp TIMESTAMP);
INSERT INTO goose_db_version(version_id, is_applied) VALUES (0, 1);
CREATE TABLE alembic_version(version_num VARCHAR(32) NOT NULL PRIMARY KEY);
INSERT INTO alembic_version VALUES ('467cab35af63');
INSERT INTO expect VALUES ('the one that counts', migrate_baseline('from', 'm'), 1);
