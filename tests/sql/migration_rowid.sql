-- last_insert_rowid() is what the user's own insert made it, whatever a migration inserted.
CREATE TABLE t(id INTEGER PRIMARY KEY);
INSERT INTO kv_migration(version, up, down)
VALUES (1, 'INSERT INTO t VALUES (900)', 'INSERT INTO t VALUES (901)');
INSERT INTO t VALUES (17);
SELECT migrate();
INSERT INTO temp.expect SELECT 'after migrate', last_insert_rowid(), 17;
INSERT INTO t VALUES (18);
SELECT migrate_down(0);
INSERT INTO expect SELECT 'after migrate_down', last_insert_rowid(), 18;
