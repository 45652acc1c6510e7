-- foreign key violated: a row of child refers to a row of p that is not there (nothing was applied)
-- Of a table WITHOUT ROWID only the number of violations is known: one more than before is refused.
PRAGMA foreign_keys = OFF;
CREATE TABLE p(id INTEGER PRIMARY KEY);
CREATE TABLE child(name PRIMARY KEY, p REFERENCES p) WITHOUT ROWID;
INSERT INTO child VALUES ('known', 99);
INSERT INTO kv_migration(version, up) VALUES (1, 'INSERT INTO child VALUES (''more'', 99)');
SELECT migrate();
