-- Tools that rebuild a table switch foreign keys off and on around it. Inside a transaction SQLite ignores that, and here they
-- are off and checked all the same. Every spelling.
PRAGMA foreign_keys = ON;
CREATE TABLE parent(id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE child(id INTEGER PRIMARY KEY, parent REFERENCES parent(id) ON DELETE CASCADE);
INSERT INTO parent VALUES (1, 'a'), (2, 'b');
INSERT INTO child VALUES (10, 1), (20, 2), (21, 2);
CREATE TEMP TABLE spelling(id INTEGER PRIMARY KEY, off, on_);
INSERT INTO spelling(off, on_) VALUES ('PRAGMA foreign_keys = off', 'PRAGMA foreign_keys = on'), ('pragma foreign_keys=0', 'pragma foreign_keys=1'),
  ('PRAGMA main.[foreign_keys](''OFF'')', 'PRAGMA "foreign_keys"(true)'), ('PRAGMA foreign_keys=NO', 'PRAGMA foreign_keys');
INSERT INTO kv_migration(version, up) SELECT id, off || ';
CREATE TABLE parent_new(id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO parent_new SELECT id, name FROM parent;
DROP TABLE parent;
ALTER TABLE parent_new RENAME TO parent;
' || on_ FROM spelling;
SELECT migrate();
INSERT INTO expect SELECT 'four times', user_version, 4 FROM pragma_user_version;
INSERT INTO expect SELECT 'children stay', count(*), 3 FROM child;
INSERT INTO expect SELECT 'on again', foreign_keys, 1 FROM pragma_foreign_keys;
INSERT INTO expect SELECT 'nothing is broken', count(*), 0 FROM pragma_foreign_key_check;
DELETE FROM parent WHERE id = 1;
INSERT INTO expect SELECT 'and in force', count(*), 2 FROM child;
-- Right behind a mark.
.system mkdir m && printf -- '-- +goose Up\nPRAGMA foreign_keys = off;\nCREATE TABLE a(x);\nPRAGMA foreign_keys = on;\n' >m/5_a.sql
DELETE FROM larder_migration;
PRAGMA user_version = 0;
SELECT migrate('m');
INSERT INTO expect SELECT 'goose', user_version, 5 FROM pragma_user_version;
