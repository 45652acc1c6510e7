-- Words that a migration must not say are harmless as names, in strings, in comments and inside triggers.
INSERT INTO kv_migration(version, up) VALUES
  (1, '-- COMMIT; BEGIN
/* ROLLBACK; PRAGMA user_version = 3; */
CREATE TABLE "commit"("begin", "vacuum" DEFAULT ''; COMMIT;'', [attach]);'),
  (2, 'INSERT INTO "commit"("begin") VALUES (''x; ROLLBACK; PRAGMA foreign_keys = ON;'')'),
  (3, 'CREATE TRIGGER begin_it AFTER INSERT ON "commit" BEGIN SELECT 1; END'),
  (4, 'PRAGMA application_id = 77; PRAGMA defer_foreign_keys = 1; PRAGMA table_info("commit"); PRAGMA main.foreign_key_check'),
  (5, 'CREATE VIEW savepoint_list AS SELECT ''SAVEPOINT'' AS "release"; EXPLAIN SELECT 1; ANALYZE; REINDEX');
SELECT migrate();
INSERT INTO expect SELECT 'all applied', count(*), 5 FROM kv_migration WHERE state = 'applied';
INSERT INTO expect SELECT 'a string', "begin", 'x; ROLLBACK; PRAGMA foreign_keys = ON;' FROM "commit";
INSERT INTO expect SELECT 'a pragma', application_id, 77 FROM pragma_application_id;
