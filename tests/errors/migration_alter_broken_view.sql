-- migrate: migration 1 (rename):2: error in view broken
-- SQLite's message is about another object's text; the place is still the statement's.
CREATE TABLE a(x);
CREATE VIEW broken AS SELECT                                  nowhere FROM a;
INSERT INTO kv_migration(version, name, up) VALUES (1, 'rename', 'CREATE TABLE b(x);
ALTER TABLE a RENAME COLUMN x TO y;

');
SELECT migrate();
