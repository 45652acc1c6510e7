-- What cannot run inside a transaction says so in its first line; it runs by itself, between the others.
INSERT INTO kv_migration(version, up) VALUES
  (1, 'CREATE TABLE a(x)'),
  (2, '-- migrate:no-transaction
BEGIN; INSERT INTO a VALUES (1); COMMIT; PRAGMA journal_mode = DELETE'),
  (3, 'INSERT INTO a VALUES (2)');
SELECT migrate();
INSERT INTO expect SELECT 'all applied', count(*), 3 FROM kv_migration WHERE state = 'applied';
INSERT INTO expect SELECT 'rows', group_concat(x), '1,2' FROM a;
INSERT INTO expect SELECT 'journal mode', journal_mode, 'delete' FROM pragma_journal_mode;
INSERT INTO expect SELECT 'user_version', user_version, 3 FROM pragma_user_version;
