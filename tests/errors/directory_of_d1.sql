-- migrate: m/0001_a.sql was applied by D1 already (d1_migrations); migrate_baseline('from', directory) takes that history over; migrate_baseline(0, directory) passes over that table if it is of other migrations
-- Wrangler runs the files of a plain directory. The second time this one would only add its row again.
.system mkdir m && echo 'INSERT INTO a VALUES (1);' >m/0001_a.sql
CREATE TABLE a(x);
INSERT INTO a VALUES (1);
CREATE TABLE d1_migrations(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL);
INSERT INTO d1_migrations(name) VALUES ('0001_a.sql');
SELECT migrate('m');
