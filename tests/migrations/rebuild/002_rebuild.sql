-- Steps 4 to 9 of https://sqlite.org/lang_altertable.html#otheralter; migrate() sees to the others.
DROP VIEW named;
CREATE TABLE new_parent(id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '', state TEXT);
INSERT INTO new_parent(id, name) SELECT id, coalesce(name, '') FROM parent;
DROP TABLE parent;
ALTER TABLE new_parent RENAME TO parent;
CREATE INDEX parent_name ON parent(name);
CREATE VIEW named AS SELECT c.id, p.name FROM child AS c JOIN parent AS p ON p.id = c.parent;
