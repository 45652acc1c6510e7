-- What was applied with other SQL is undone by the script that there is now: so one that is still being written runs anew.
INSERT INTO kv_migration(version, up, down) VALUES (1, 'CREATE TABLE a(x)', 'DROP TABLE a');
SELECT migrate();
INSERT INTO kv_migration(version, up, down) VALUES (1, 'CREATE TABLE a(x, y)', 'DROP TABLE a; CREATE TABLE undone(x)');
INSERT INTO expect VALUES ('changed', (SELECT state FROM kv_migration), 'changed');
SELECT migrate_down(0);
INSERT INTO expect SELECT 'by the new script', count(*), 1 FROM pragma_table_info('undone');
INSERT INTO expect SELECT 'nothing is applied', count(*), 0 FROM larder_migration;
SELECT migrate();
INSERT INTO expect SELECT 'the new one', count(*), 2 FROM pragma_table_info('a');
