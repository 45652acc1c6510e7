-- How the caller has columns named (https://sqlite.org/pragma.html#pragma_full_column_names) is nothing to Larder's own statements.
PRAGMA short_column_names = 0;
PRAGMA full_column_names = 1;
SELECT cache_set('k', 'v'), ledger_mark('m', 1), lease_acquire('l', 60), checkpoint_set('c', 1), kv_config('cache.max_entries', 100);
CREATE TABLE session(ends);
INSERT INTO session VALUES (1);
INSERT INTO kv_expiry VALUES ('session', 'ends', NULL, 's');
INSERT INTO expect VALUES ('a hit', cache_get('k'), 'v'), ('marked', ledger_mark('m', 1), 0), ('swept', kv_sweep(), 1), ('run', run_start('r', 60), 1),
  ('rate', rate_take('r', 1, 60), 0.0), ('next', ledger_next('q', 60), NULL), ('wrong', (SELECT count(*) FROM kv_check WHERE status = 'error'), 0);
INSERT INTO kv_migration(version, name, up) VALUES (1, 'a', 'CREATE TABLE a(x)');
SELECT migrate();
INSERT INTO expect VALUES ('migrated', (SELECT count(*) FROM a), 0);
-- Each table is read by statements of its own.
INSERT INTO expect SELECT 'tables', (SELECT count(*) FROM kv_cache) || (SELECT count(*) FROM kv_ledger) || (SELECT count(*) FROM kv_progress) || (SELECT count(*) FROM kv_checkpoint) ||
  (SELECT count(*) FROM kv_lease) || (SELECT count(*) FROM kv_rate) || (SELECT count(*) FROM kv_run) || (SELECT count(*) FROM kv_run WHERE id = 1) || (SELECT count(*) FROM kv_run WHERE job = 'r') ||
  (SELECT count(*) FROM kv_expiry) || (SELECT count(*) FROM kv_migration), '11111111111';
