-- Where the other tool migrates tables of its own, migrate_baseline(0, directory) says so, and nothing counts as applied.
.system mkdir m && echo 'CREATE TABLE a(x);' >m/1_a.sql
CREATE TABLE django_migrations(id integer NOT NULL PRIMARY KEY AUTOINCREMENT, app varchar(255) NOT NULL, name varchar(255) NOT NULL, applied datetime NOT NULL);
INSERT INTO django_migrations(app, name, applied) VALUES ('auth', '0001_initial', '2023-11-14 22:13:20');
INSERT INTO expect VALUES ('no version', migrate_baseline(0, 'm'), 0);
INSERT INTO expect SELECT 'nothing is applied', group_concat(state), 'pending' FROM kv_migration('m');
SELECT migrate('m');
INSERT INTO expect SELECT 'it ran', user_version, 1 FROM pragma_user_version;
INSERT INTO expect SELECT 'the doctor', status || ': ' || message, 'ok: 1 applied' FROM kv_check WHERE name = 'migrations';
