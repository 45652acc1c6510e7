-- Who goes: the least recently used one of 16 random ones, or the one that was added first.
CREATE TEMP VIEW keys AS SELECT coalesce(group_concat(key, ' '), '') AS list FROM (SELECT key FROM larder_cache ORDER BY id);
INSERT INTO expect VALUES ('standard', kv_config('cache.policy'), 'lru');
SELECT kv_config('cache.max_entries', 4), kv_clock(1000), cache_set('a', 1), cache_set('b', 1), cache_set('c', 1), cache_set('d', 1);
SELECT kv_clock(1100), cache_get('a'), cache_touch('c', 5000), cache_has('b'), cache_ttl('b');
INSERT INTO expect VALUES ('a read writes nothing', (SELECT count(used_at) FROM larder_cache), 0);
SELECT kv_clock(1101), cache_set('e', 1);
INSERT INTO expect VALUES ('a write takes it along', (SELECT group_concat(key || '=' || used_at, ' ') FROM larder_cache WHERE used_at IS NOT NULL ORDER BY key), 'a=1100.0 c=1100.0');
SELECT kv_clock(1102), cache_set('f', 1);
INSERT INTO expect VALUES ('to have looked is no use', (SELECT list FROM keys), 'a c e f');
SELECT kv_clock(1103), cache_get('a'), cache_set('f', 2);
INSERT INTO expect VALUES ('within a tenth of its age', (SELECT used_at FROM larder_cache WHERE key = 'a'), 1100.0);
SELECT kv_clock(1200), cache_get('a'), cache_incr('e'), cache_set('f', 2);
INSERT INTO expect VALUES ('later', (SELECT used_at FROM larder_cache WHERE key = 'a'), 1200.0), ('counted up', (SELECT used_at FROM larder_cache WHERE key = 'e'), 1200.0);

-- Among many, those in use stay.
SELECT kv_config('cache.max_entries', 200);
CREATE TEMP TABLE hot(key);
INSERT INTO hot SELECT 'hot' || value FROM generate_series(1, 50);
SELECT cache_set(key, 0) FROM hot;
SELECT kv_clock(2000 + value), (SELECT count(cache_get(key)) FROM hot WHERE value > 0), cache_set('cold' || value, 0) FROM generate_series(1, 2000) WHERE value % 10 = 0;
SELECT kv_clock(5000 + value), cache_get('hot' || (value % 50 + 1)), cache_set('cold' || value, 0) FROM generate_series(1, 2000);
INSERT INTO expect VALUES ('full', (SELECT count(*) FROM kv_cache), 200), ('most that are in use', (SELECT count(*) >= 45 FROM kv_cache WHERE key GLOB 'hot*'), 1);

SELECT cache_clear(), kv_config('cache.max_entries', 3);
INSERT INTO expect VALUES ('another', kv_config('cache.policy', 'fifo'), 'fifo');
SELECT kv_clock(9000), cache_set('a', 1), kv_clock(9001), cache_set('b', 1), kv_clock(9002), cache_set('c', 1), kv_clock(9003), cache_get('a'), cache_set('a', 2), cache_set('d', 1);
INSERT INTO expect VALUES ('use is no matter', (SELECT list FROM keys), 'b c d'), ('the standard', kv_config('cache.policy', NULL), 'lru');
