PRAGMA foreign_keys=off;
DROP VIEW shelf;
CREATE TABLE old_author(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT);
INSERT INTO old_author(id, name) SELECT id, nullif(name, 'unknown') FROM author;
DROP TABLE author;
ALTER TABLE old_author RENAME TO author;
CREATE VIEW shelf AS SELECT a.name, b.title FROM book AS b JOIN author AS a ON a.id = b.author;
PRAGMA foreign_keys=on;
