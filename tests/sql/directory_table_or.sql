-- An OR looks into each directory that it names.
.system mkdir m && for v in 1 2 3 4 5 6 7 8 9; do touch m/${v}_x.sql; done
INSERT INTO expect SELECT 'all of one, one of the other', count(*), 10 FROM kv_migration WHERE directory = 'm' OR (directory = './m' AND version = 7);
INSERT INTO expect SELECT 'one of each', count(*), 2 FROM kv_migration WHERE (directory = 'm' AND version = 3) OR (directory = './m' AND version = 7);
INSERT INTO expect SELECT 'the same twice', count(*), 2 FROM kv_migration WHERE (directory = 'm' AND version = 3) OR (directory = 'm' AND version IN (3, 7));
CREATE TABLE folder(path TEXT PRIMARY KEY, version INTEGER);
INSERT INTO folder VALUES ('m', 3), ('./m', 7);
INSERT INTO expect SELECT 'of a table', group_concat(path || m.version), './m7,m3' FROM (SELECT * FROM folder ORDER BY path) AS f JOIN kv_migration AS m ON m.directory = f.path AND m.version = f.version;
-- What was declared has no directory.
INSERT INTO kv_migration(version, name, up) VALUES (7, 'declared', '');
INSERT INTO expect SELECT 'by version', name, 'declared' FROM kv_migration WHERE version = 7;
INSERT INTO expect SELECT 'by one of two versions', name, 'declared' FROM kv_migration WHERE version = 7 OR version = 8;
INSERT INTO expect SELECT 'joined', m.name, 'declared' FROM folder AS f JOIN kv_migration AS m ON m.version = f.version;
INSERT INTO expect SELECT 'a condition without a directory asks what was declared', group_concat(name), 'declared' FROM kv_migration WHERE directory = 'm' OR version = 7;
