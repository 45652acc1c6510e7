-- What was applied and is declared no more is missing: somebody lost a migration, or came with an older program.
-- The history is written here as another connection would have left it.
INSERT INTO kv_migration(version, up) VALUES (1, 'CREATE TABLE a(x)'), (2, 'CREATE TABLE b(x)');
SELECT migrate();
UPDATE larder_migration SET version = 3 WHERE version = 1;
PRAGMA user_version = 3;
INSERT INTO expect SELECT 'states', group_concat(version || ' ' || state, ', '),
  '1 out of order, 2 applied, 3 missing' FROM kv_migration;
INSERT INTO expect VALUES ('does not fit', migrate_check(), 0);
