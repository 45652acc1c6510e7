-- SQLite's own twelve steps to change a table (https://sqlite.org/lang_altertable.html#otheralter), for a parent whose children are bound
-- to it with ON DELETE CASCADE. The script needs none of the pragmas: migrate() sees to them.
PRAGMA foreign_keys = ON;
.system cp -r "$LARDER_MIGRATIONS/rebuild" m
SELECT migrate('m', 1);
INSERT INTO parent VALUES (1, 'a'), (2, NULL);
INSERT INTO child VALUES (10, 1), (20, 2), (21, 2);
SELECT migrate('m');
INSERT INTO expect SELECT 'rebuilt', user_version, 2 FROM pragma_user_version;
INSERT INTO expect SELECT 'no child is lost', count(*), 3 FROM child;
INSERT INTO expect SELECT 'and none was gone for a while', count(*), 0 FROM gone;
INSERT INTO expect SELECT 'on again', foreign_keys, 1 FROM pragma_foreign_keys;
INSERT INTO expect SELECT 'the view', group_concat(name), 'a,,' FROM named;
DELETE FROM parent WHERE id = 2;
INSERT INTO expect SELECT 'and cascading again', count(*), 1 FROM child;

