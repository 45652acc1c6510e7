CREATE TABLE parent(id INTEGER PRIMARY KEY, name TEXT);
CREATE INDEX parent_name ON parent(name);
CREATE TABLE child(id INTEGER PRIMARY KEY, parent INTEGER NOT NULL REFERENCES parent(id) ON DELETE CASCADE);
CREATE VIEW named AS SELECT c.id, p.name FROM child AS c JOIN parent AS p ON p.id = c.parent;
CREATE TABLE gone(id);
CREATE TRIGGER child_gone AFTER DELETE ON child BEGIN INSERT INTO gone VALUES (old.id); END;
