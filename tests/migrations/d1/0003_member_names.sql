-- Migration number: 0003 	 2024-03-01T08:15:30.777Z
PRAGMA defer_foreign_keys = on;
CREATE TABLE new_members (id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT NOT NULL UNIQUE, name TEXT NOT NULL);
INSERT INTO new_members (id, email, name) SELECT id, email, coalesce(name, 'unknown') FROM members;
DROP TABLE members;
ALTER TABLE new_members RENAME TO members;
PRAGMA defer_foreign_keys = off;
