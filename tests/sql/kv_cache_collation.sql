-- A collation asked for by the query is not the one of the index: the rows must be right all the same.
SELECT cache_set(value, 1) FROM json_each('["B", "a", "b", "C", "c ", "A"]');
INSERT INTO expect VALUES
  ('equal', (SELECT count(*) FROM kv_cache WHERE key = 'b' COLLATE NOCASE), 2),
  ('equal, column side', (SELECT count(*) FROM kv_cache WHERE key COLLATE NOCASE = 'b'), 2),
  ('IN', (SELECT count(*) FROM kv_cache WHERE key COLLATE NOCASE IN ('a', 'c')), 3),
  ('greater', (SELECT count(*) FROM kv_cache WHERE key > 'a' COLLATE NOCASE), 4),
  ('range', (SELECT count(*) FROM kv_cache WHERE key COLLATE NOCASE BETWEEN 'B' AND 'C'), 3),
  ('RTRIM', (SELECT count(*) FROM kv_cache WHERE key = 'c' COLLATE RTRIM), 1),
  ('BINARY', (SELECT count(*) FROM kv_cache WHERE key = 'b' COLLATE BINARY), 1),
  ('order', (SELECT group_concat(lower(key), '') FROM (SELECT key FROM kv_cache ORDER BY key COLLATE NOCASE)), 'aabbcc '),
  ('order down', (SELECT group_concat(lower(key), '') FROM (SELECT key FROM kv_cache ORDER BY key COLLATE NOCASE DESC)), 'c cbbaa'),
  ('group', (SELECT group_concat(n) FROM (SELECT count(*) AS n FROM kv_cache GROUP BY key COLLATE NOCASE)), '2,2,1,1'),
  ('plain order', (SELECT group_concat(key, '') FROM (SELECT key FROM kv_cache ORDER BY key)), 'ABCabc '),
  ('plain group', (SELECT count(*) FROM (SELECT key FROM kv_cache GROUP BY key)), 6);
CREATE TEMP TABLE wanted(k TEXT COLLATE NOCASE);
INSERT INTO wanted VALUES ('a'), ('b');
INSERT INTO expect VALUES
  ('join on the cache''s side', (SELECT count(*) FROM wanted JOIN kv_cache ON key = k), 2),
  ('join on the other side', (SELECT count(*) FROM wanted JOIN kv_cache ON k = key), 4);
INSERT INTO expect VALUES
  ('ledger', ledger_mark('Import', 'A'), 1),
  ('ledger, NOCASE', (SELECT count(*) FROM kv_ledger WHERE ledger = 'import' COLLATE NOCASE AND id = 'a' COLLATE NOCASE), 1),
  ('ledger, BINARY', (SELECT count(*) FROM kv_ledger WHERE ledger = 'import' AND id = 'a'), 0),
  ('checkpoint', checkpoint_set('Orders', 1), 1),
  ('checkpoint, NOCASE', (SELECT count(*) FROM kv_checkpoint WHERE name = 'orders' COLLATE NOCASE), 1),
  ('progress, NOCASE', (SELECT count(*) FROM kv_progress WHERE ledger = 'import' COLLATE NOCASE), 1);
