PRAGMA foreign_keys=off;
DROP VIEW shelf;
CREATE TABLE new_author(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, born INTEGER);
INSERT INTO new_author(id, name) SELECT id, coalesce(name, 'unknown') FROM author;
DROP TABLE author;
ALTER TABLE new_author RENAME TO author;
CREATE VIEW shelf AS SELECT a.name, a.born, b.title FROM book AS b JOIN author AS a ON a.id = b.author;
PRAGMA foreign_keys=on;
