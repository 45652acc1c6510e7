-- migrate: foreign key violated: the row with rowid 5 of child refers to a row of parent that is not there (nothing was applied)
-- A table of the file's that is called like SQLite's own does not answer for it.
CREATE TABLE pragma_foreign_key_check("table", parent, fkid);
CREATE TABLE parent(id INTEGER PRIMARY KEY);
CREATE TABLE child(id INTEGER PRIMARY KEY, parent REFERENCES parent);
INSERT INTO kv_migration(version, name, up) VALUES (1, 'bad', 'INSERT INTO child VALUES (5, 77)');
SELECT migrate();
