-- D1 keeps the names of the files.
.system mkdir migrations
.system echo 'CREATE TABLE a(x);' >migrations/0001_a.sql
.system echo 'INSERT INTO a VALUES (2);' >migrations/0002_b.sql
.system echo 'INSERT INTO a VALUES (3);' >migrations/0003-c.sql
CREATE TABLE d1_migrations(
		id         INTEGER PRIMARY KEY AUTOINCREMENT,
		name       TEXT UNIQUE,
		applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
);
INSERT INTO expect VALUES ('nothing yet', migrate_baseline('from', 'migrations'), 0);
.read migrations/0001_a.sql
.read migrations/0002_b.sql
INSERT INTO d1_migrations(name) VALUES ('0001_a.sql'), ('0002_b.sql');
INSERT INTO expect VALUES ('taken over', migrate_baseline('from', 'migrations'), 2);
INSERT INTO expect SELECT 'states', group_concat(state), 'applied,applied,pending' FROM kv_migration('migrations');
SELECT migrate('migrations');
INSERT INTO expect SELECT 'the rest, once', group_concat(x), '2,3' FROM a;
