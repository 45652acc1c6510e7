-- Numbers: hits, misses and sets of this connection, the rest of the file.
CREATE TEMP VIEW stat AS SELECT name, value FROM kv_stats WHERE name IN ('hits', 'misses', 'hit_ratio', 'sets', 'entries', 'dead', 'bytes', 'ledger_ids');
INSERT INTO expect SELECT 'at first: ' || name, value, iif(name = 'hit_ratio', 0.0, 0) FROM stat;
INSERT INTO expect VALUES ('how many', (SELECT count(*) FROM stat), 8);
INSERT INTO expect VALUES ('no page yet', (SELECT count(*) FROM sqlite_schema), 0);

SELECT kv_clock(1000);
SELECT cache_set('a', 'four', 10), cache_set('ab', 1.5, 20), cache_set('abc', x'0102', NULL), cache_set('null', NULL, 10);
SELECT cache_get('a'), cache_get('null'), cache_get('no'), cache_pop('no'), cache_get('ab');
SELECT ledger_mark('a'), ledger_mark('b', 'c'), ledger_mark('b', 'd', NULL, 5);
INSERT INTO expect SELECT 'then: ' || name, value, CASE name WHEN 'hits' THEN 3 WHEN 'misses' THEN 2 WHEN 'hit_ratio' THEN 0.6 WHEN 'sets' THEN 4 WHEN 'entries' THEN 4
  WHEN 'dead' THEN 0 WHEN 'bytes' THEN 5 + 10 + 5 + 4 WHEN 'ledger_ids' THEN 3 END FROM stat;
UPDATE kv_cache SET value = 'five' WHERE key = 'a'; SELECT cache_incr('n'), cache_incr('n'), cache_del('n');
INSERT INTO expect SELECT 'changes are sets', value, 7 FROM stat WHERE name = 'sets';
SELECT kv_clock(1010);
INSERT INTO expect SELECT 'later: ' || name, value, CASE name WHEN 'entries' THEN 2 WHEN 'dead' THEN 2 WHEN 'bytes' THEN 15 WHEN 'ledger_ids' THEN 2 END
  FROM stat WHERE name IN ('entries', 'dead', 'bytes', 'ledger_ids');
INSERT INTO expect VALUES
  ('size', (SELECT value FROM kv_stats WHERE name = 'database_bytes'), (SELECT page_size * page_count FROM pragma_page_size, pragma_page_count)),
  ('free', (SELECT value FROM kv_stats WHERE name = 'free_bytes'), 0),
  ('WAL', (SELECT value > 0 FROM kv_stats WHERE name = 'wal_bytes'), 1),
  ('names are unique', (SELECT count(*) = count(DISTINCT name) FROM kv_stats), 1);
SELECT length(cache_set('large', zeroblob(100000)));
SELECT cache_del('large');
INSERT INTO expect VALUES ('freed', (SELECT value >= 90000 FROM kv_stats WHERE name = 'free_bytes'), 1);
