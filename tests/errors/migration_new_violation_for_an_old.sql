-- foreign key violated: the row with rowid 2 of ch refers to a row of p that is not there (nothing was applied)
-- One violation goes and another comes: the number is the same, the new one is refused all the same.
PRAGMA foreign_keys = OFF;
CREATE TABLE p(id INTEGER PRIMARY KEY);
CREATE TABLE ch(id INTEGER PRIMARY KEY, p REFERENCES p);
INSERT INTO p VALUES (1), (2);
INSERT INTO ch VALUES (1, 99), (2, 2);
INSERT INTO kv_migration(version, up) VALUES (1, 'UPDATE ch SET p = 1 WHERE id = 1; DELETE FROM p WHERE id = 2');
SELECT migrate();
