-- foreign key violated: the row with rowid 2 of zz refers to a row of p that is not there (nothing was applied)
-- A table that SQLite cannot check does not keep the next one from being checked.
PRAGMA foreign_keys = OFF;
CREATE TABLE q(x);
CREATE TABLE aa(x REFERENCES q(x));
CREATE TABLE p(id INTEGER PRIMARY KEY);
CREATE TABLE zz(id INTEGER PRIMARY KEY, p REFERENCES p);
INSERT INTO p VALUES (1), (2);
INSERT INTO zz VALUES (1, 1), (2, 2);
INSERT INTO kv_migration(version, up) VALUES (1, 'DELETE FROM p WHERE id = 2');
SELECT migrate();
