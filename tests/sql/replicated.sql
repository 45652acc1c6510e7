-- A replicated file: time is what the latest kv_clock(t) said, nothing is taken from this machine, and all of that is kept in the file.
SELECT kv_clock(5);
SELECT cache_set('before', 1);
INSERT INTO expect VALUES ('not yet', kv_config('replicated'), 0), ('on', kv_config('replicated', 1), 1), ('read', kv_config('replicated'), 1);
INSERT INTO expect VALUES ('reading goes without a time', cache_get('before'), 1), ('the doctor', (SELECT status FROM kv_check WHERE name = 'replicated'), 'error');
INSERT INTO expect VALUES ('told', kv_clock(1000), 1000.0), ('never back', kv_clock(400), 1000.0), ('on', kv_clock(1000.5), 1000.5), ('asked', kv_clock(), 1000.5),
  ('the doctor', (SELECT status FROM kv_check WHERE name = 'replicated'), 'ok');
SELECT cache_set('k', 'v', 10), ledger_add('q', 'a'), ledger_next('q', 60, 'me'), lease_acquire('l', 60, 'me'), run_start('j', 60, NULL, 'me');
INSERT INTO expect VALUES ('deadlines', (SELECT expires_at FROM larder_cache WHERE key = 'k'), 1010.5), ('claims', (SELECT claimable_at FROM larder_ledger), 1060.5),
  ('owners', (SELECT group_concat(owner) FROM (SELECT owner FROM larder_lease UNION ALL SELECT owner FROM larder_run)), 'me,me');
-- It goes with a transaction.
BEGIN;
SELECT kv_clock(2000);
INSERT INTO expect VALUES ('inside', kv_clock(), 2000.0), ('dead', cache_get('k'), NULL);
ROLLBACK;
INSERT INTO expect VALUES ('and back', kv_clock(), 1000.5), ('alive', cache_get('k'), 'v');
SELECT kv_clock(1010.5);
INSERT INTO expect VALUES ('dies at that time', cache_get('k'), NULL);
-- What is declared is kept in the file until it is taken back.
INSERT INTO kv_migration(version, name, up, down) VALUES (1, 'one', 'CREATE TABLE one(x)', 'DROP TABLE one'), (2, 'two', 'CREATE TABLE two(x)', NULL);
DELETE FROM kv_migration WHERE version = 2;
INSERT INTO expect VALUES ('in the file', (SELECT group_concat(version) FROM larder_declaration), '1'), ('pending', (SELECT state FROM kv_migration), 'pending');
SELECT migrate();
INSERT INTO kv_migration(version, name, up) VALUES (2, 'two', 'CREATE TABLE two(x)');
DELETE FROM kv_migration WHERE version = 2;
INSERT INTO expect VALUES ('one is applied, the other taken back', (SELECT group_concat(version) FROM larder_declaration), '1');
INSERT INTO expect VALUES ('applied', (SELECT state FROM kv_migration), 'applied'), ('no duration', (SELECT duration FROM larder_migration), NULL), ('when', (SELECT applied_at FROM larder_migration), 1010.5);
SELECT migrate_down(0);
INSERT INTO expect VALUES ('undone', (SELECT count(*) FROM sqlite_schema WHERE name = 'one'), 0);
-- Another connection knows.
.system LD_PRELOAD="$LARDER_PRELOAD" "$SQLITE3" -batch -init /dev/null -cmd ".load $LARDER" test.db "SELECT kv_clock(3000), cache_set('theirs', 1, 60)" >theirs
INSERT INTO expect VALUES ('their time', kv_clock(), 3000.0), ('their deadline', (SELECT expires_at FROM larder_cache WHERE key = 'theirs'), 3060.0);
INSERT INTO expect VALUES ('off', kv_config('replicated', 0), 0), ('this connection''s clock again', kv_clock(), 5.0);
INSERT INTO expect VALUES ('on again', kv_config('replicated', 1), 1), ('where it was', kv_clock(), 3000.0);
-- What a connection has noted of reads before goes with the switch, and a time that is none begins anew.
SELECT kv_config('replicated', 0), kv_clock(4000), kv_config('cache.max_entries', 3), cache_clear();
SELECT cache_set('a', 1), cache_set('b', 1), cache_set('c', 1);
SELECT kv_clock(5000), cache_get('a');
SELECT kv_config('replicated', 1), kv_clock(6000);
SELECT cache_set('d', 1);
INSERT INTO expect VALUES ('nothing was noted', (SELECT count(used_at) FROM larder_cache), 0);
UPDATE larder_meta SET value = NULL WHERE name = 'replicated.now';
INSERT INTO expect VALUES ('not told', (SELECT status FROM kv_check WHERE name = 'replicated'), 'error'), ('told again', kv_clock(7000), 7000.0);
