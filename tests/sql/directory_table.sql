-- kv_migration('directory') compares the files with what was applied, and changes nothing.
.system cp -r "$LARDER_MIGRATIONS/plain" migrations
INSERT INTO expect SELECT 'all pending', group_concat(DISTINCT state), 'pending' FROM kv_migration('migrations/');
INSERT INTO expect SELECT 'nothing was written', count(*), 0 FROM sqlite_schema;
INSERT INTO expect SELECT 'the path as it was given', source, 'migrations//001_customers.sql' FROM kv_migration('migrations//') WHERE version = 1;
SELECT migrate('migrations', 2);
INSERT INTO expect SELECT 'states', group_concat(version || ' ' || state, ', '),
  '1 applied, 2 applied, 3 pending, 4 pending, 10 pending' FROM kv_migration('migrations');

-- Without a directory it compares with what was declared: here, nothing.
INSERT INTO expect SELECT 'no directory', group_concat(state), 'applied,applied' FROM kv_migration;
INSERT INTO expect SELECT 'NULL', group_concat(state), 'applied,applied' FROM kv_migration(NULL);

-- The directory may come from a table, and there may be several.
CREATE TEMP TABLE folder(path);
.system mkdir other && echo 'CREATE TABLE other(x)' >other/001_other.sql
INSERT INTO folder VALUES ('migrations'), ('other');
INSERT INTO expect SELECT 'joined', group_concat(path || ':' || version), 'migrations:1,migrations:2,migrations:3,migrations:4,migrations:10,other:1,other:2'
FROM (SELECT path, version FROM folder, kv_migration(path) ORDER BY path, version);
INSERT INTO expect SELECT 'the other way around', count(*), 7 FROM kv_migration AS m JOIN folder AS f ON m.directory = f.path;
INSERT INTO expect SELECT 'IN', count(*), 7 FROM kv_migration WHERE directory IN ('migrations', 'other');
INSERT INTO expect SELECT 'OR', count(*), 7 FROM kv_migration WHERE directory = 'migrations' OR directory = 'other';
INSERT INTO expect SELECT 'changed and missing', group_concat(state), 'changed,missing' FROM kv_migration('other');
