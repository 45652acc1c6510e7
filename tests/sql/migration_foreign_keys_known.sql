-- Violations that were there before are known; those of a table WITHOUT ROWID by their number only.
PRAGMA foreign_keys = OFF;
CREATE TABLE parent(id INTEGER PRIMARY KEY);
CREATE TABLE child(name PRIMARY KEY, parent REFERENCES parent(id)) WITHOUT ROWID;
INSERT INTO child VALUES ('a', 1), ('b', 1);
INSERT INTO kv_migration(version, up) VALUES
  (1, 'UPDATE child SET name = name || ''!'''),
  (2, 'DELETE FROM child WHERE name = ''a!''');
SELECT migrate();
INSERT INTO expect SELECT 'as many, then fewer', user_version, 2 FROM pragma_user_version;
