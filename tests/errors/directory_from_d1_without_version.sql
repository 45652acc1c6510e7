-- migrate_baseline: the version 'init.sql' in d1_migrations is not a number
.system mkdir m && echo 'CREATE TABLE a(x);' >m/001_a.sql
CREATE TABLE d1_migrations(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL);
INSERT INTO d1_migrations(name) VALUES ('init.sql');
SELECT migrate_baseline('from', 'm');
