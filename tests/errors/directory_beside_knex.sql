-- migrate: m/001_a.sql may have been applied by knex (knex_migrations); migrate_baseline(version, directory) counts all up to that version as applied
-- knex keeps the names of programs.
.system mkdir m && echo 'CREATE TABLE a(x);' >m/001_a.sql
CREATE TABLE `knex_migrations` (`id` integer not null primary key autoincrement, `name` varchar(255), `batch` integer, `migration_time` datetime);
INSERT INTO knex_migrations(name, batch, migration_time) VALUES ('20231114221320_init.js', 1, 1700000000000);
SELECT migrate('m');
