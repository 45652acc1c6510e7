-- Where nothing was ever stored, all reads answer and none of them makes a table.
INSERT INTO expect VALUES
  ('get', cache_get('a', 'miss'), 'miss'), ('has', cache_has('a'), 0), ('ttl', cache_ttl('a'), NULL), ('stale', cache_stale('a'), NULL),
  ('seen', ledger_seen('a'), 0), ('seen in', ledger_seen('l', 'a'), 0), ('result', ledger_result('l', 'a'), NULL), ('checkpoint', checkpoint_get('a', 5), 5),
  ('config', kv_config('cache.default_ttl'), NULL), ('sweep', kv_sweep(), 0);
INSERT INTO expect SELECT 'table', count(*), 0 FROM kv_cache;
INSERT INTO expect SELECT 'by key', count(*), 0 FROM kv_cache WHERE key = 'a';
INSERT INTO expect SELECT 'by prefix', count(*), 0 FROM kv_cache WHERE key GLOB 'a*' AND expires_at < 5;
INSERT INTO expect SELECT 'ledger', count(*), 0 FROM kv_ledger WHERE ledger = 'l' AND id = 'a';
INSERT INTO expect SELECT 'progress', count(*), 0 FROM kv_progress;
INSERT INTO expect SELECT 'leases', count(*), 0 FROM kv_lease;
INSERT INTO expect SELECT 'runs', count(*), 0 FROM kv_run WHERE job = 'a';
INSERT INTO expect SELECT 'problems', count(*), 0 FROM kv_check WHERE status <> 'ok';
INSERT INTO expect SELECT 'checkpoints', count(*), 0 FROM kv_checkpoint WHERE name = 'a';
INSERT INTO expect SELECT 'entries', value, 0 FROM kv_stats WHERE name = 'entries';
INSERT INTO expect VALUES ('nothing was made', (SELECT count(*) FROM sqlite_schema), 0), ('not even a page', (SELECT page_count FROM pragma_page_count), 0);
