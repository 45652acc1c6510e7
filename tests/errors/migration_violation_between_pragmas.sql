-- migrate: foreign key violated: the row with rowid 10 of child refers to a row of parent that is not there (nothing was applied)
PRAGMA foreign_keys = ON;
CREATE TABLE parent(id INTEGER PRIMARY KEY);
CREATE TABLE child(id INTEGER PRIMARY KEY, parent REFERENCES parent(id));
INSERT INTO parent VALUES (1);
INSERT INTO child VALUES (10, 1);
INSERT INTO kv_migration(version, up) VALUES (1, 'PRAGMA foreign_keys = off; DELETE FROM parent; PRAGMA foreign_keys = on;');
SELECT migrate();
