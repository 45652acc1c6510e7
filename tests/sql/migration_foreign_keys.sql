-- The parent table is rebuilt; its children, bound to it by ON DELETE CASCADE, stay.
PRAGMA foreign_keys = ON;
CREATE TABLE parent(id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE child(id INTEGER PRIMARY KEY, parent REFERENCES parent(id) ON DELETE CASCADE);
INSERT INTO parent VALUES (1, 'a'), (2, 'b');
INSERT INTO child VALUES (10, 1), (20, 2), (21, 2);
INSERT INTO kv_migration(version, up, down) VALUES (1, '
CREATE TABLE parent_new(id INTEGER PRIMARY KEY, name TEXT NOT NULL, state TEXT);
INSERT INTO parent_new(id, name) SELECT id, name FROM parent;
DROP TABLE parent;
ALTER TABLE parent_new RENAME TO parent;', 'ALTER TABLE parent DROP COLUMN state');
SELECT migrate();
INSERT INTO expect SELECT 'children stay', count(*), 3 FROM child;
INSERT INTO expect SELECT 'rebuilt', count(*), 3 FROM pragma_table_info('parent');
INSERT INTO expect SELECT 'on again', foreign_keys, 1 FROM pragma_foreign_keys;
DELETE FROM parent WHERE id = 1;
INSERT INTO expect SELECT 'and in force', count(*), 2 FROM child;
SELECT migrate_down(0);
INSERT INTO expect SELECT 'children stay on the way down', count(*), 2 FROM child;

-- What was broken before stays the user's business.
PRAGMA foreign_keys = OFF;
INSERT INTO child VALUES (99, 99);
PRAGMA foreign_keys = ON;
INSERT INTO kv_migration(version, up) VALUES (2, 'CREATE TABLE other(x)');
SELECT migrate();
INSERT INTO expect SELECT 'tolerated', user_version, 2 FROM pragma_user_version;

-- Off stays off.
PRAGMA foreign_keys = OFF;
INSERT INTO kv_migration(version, up) VALUES (3, 'CREATE TABLE third(x)');
SELECT migrate();
INSERT INTO expect SELECT 'off stays off', foreign_keys, 0 FROM pragma_foreign_keys;
