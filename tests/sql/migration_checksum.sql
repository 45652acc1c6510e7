-- A checkout with other line ends, a byte order mark or blank lines at the end is the same migration.
INSERT INTO kv_migration(version, up) VALUES (1, 'CREATE TABLE a(x);' || char(10) || 'CREATE TABLE b(y);');
SELECT migrate();
INSERT INTO kv_migration(version, up) VALUES (1, 'CREATE TABLE a(x);' || char(13, 10) || 'CREATE TABLE b(y);' || char(13, 10));
INSERT INTO expect SELECT 'CRLF', state, 'applied' FROM kv_migration;
INSERT INTO kv_migration(version, up) VALUES (1, char(65279) || 'CREATE TABLE a(x);' || char(10) || 'CREATE TABLE b(y);');
INSERT INTO expect SELECT 'byte order mark', state, 'applied' FROM kv_migration;
INSERT INTO kv_migration(version, up) VALUES (1, 'CREATE TABLE a(x);' || char(10) || 'CREATE TABLE b(y);' || char(10, 10, 32, 10));
INSERT INTO expect SELECT 'blank lines at the end', state, 'applied' FROM kv_migration;
INSERT INTO expect VALUES ('fits', migrate_check(), 1);
INSERT INTO expect SELECT 'stands in the table', length(checksum), 32 FROM larder_migration;
