-- A comment was corrected in a script that is applied long since. migrate_repair accepts the new text.
INSERT INTO kv_migration(version, name, up) VALUES (1, 'items', 'CREATE TABLE item(id) -- al things');
SELECT migrate();
INSERT INTO expect VALUES ('nothing to repair', migrate_repair(1), 0);

-- Another connection, with the corrected text, is played by changing the history.
UPDATE larder_migration SET up = 'CREATE TABLE item(id) -- old', checksum = 'old' WHERE version = 1;
INSERT INTO expect SELECT 'changed', state, 'changed' FROM kv_migration;
INSERT INTO expect VALUES ('does not fit', migrate_check(), 0);
INSERT INTO expect VALUES ('repaired', migrate_repair(1), 1);
INSERT INTO expect SELECT 'applied', state, 'applied' FROM kv_migration;
INSERT INTO expect SELECT 'the history has the new text', up, 'CREATE TABLE item(id) -- al things' FROM larder_migration;
INSERT INTO expect VALUES ('fits', migrate_check(), 1);
