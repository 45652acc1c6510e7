-- migrate: m/001_a.sql may have been applied by knex (moves); migrate_baseline(version, directory) counts all up to that version as applied; migrate_baseline(0, directory) passes over that table if it is of other migrations
-- A table is known by its columns, whatever its name.
.system mkdir m && echo 'CREATE TABLE a(x);' >m/001_a.sql
CREATE TABLE moves(id integer not null primary key autoincrement, name varchar(255), batch integer, migration_time datetime);
INSERT INTO moves(name) VALUES ('20231114221320_init.js');
SELECT migrate('m');
