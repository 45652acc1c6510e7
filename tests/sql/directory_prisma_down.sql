-- prisma runs no way down, but a down.sql beside its migration.sql is one here.
.system mkdir -p m/001_a && echo 'CREATE TABLE a(x);' >m/001_a/migration.sql && echo 'DROP TABLE a;' >m/001_a/down.sql
SELECT migrate('m');
INSERT INTO expect SELECT 'up', count(*), 1 FROM pragma_table_info('a');
SELECT migrate_down(0, 'm');
INSERT INTO expect SELECT 'down', count(*), 0 FROM pragma_table_info('a');
