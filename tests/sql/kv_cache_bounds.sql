-- What equals a bound is in or out as the comparison says: of keys, of both bounds, of deadlines.
SELECT kv_clock(1000);
SELECT cache_set('a', 1, 10), cache_set('b', 1, 20), cache_set('c', 1, 30), cache_set('d', 1);
INSERT INTO expect SELECT 'to', group_concat(key, ''), 'ab' FROM kv_cache WHERE key <= 'b';
INSERT INTO expect SELECT 'below', group_concat(key, ''), 'a' FROM kv_cache WHERE key < 'b';
INSERT INTO expect SELECT 'from', group_concat(key, ''), 'cd' FROM kv_cache WHERE key >= 'c';
INSERT INTO expect SELECT 'above', group_concat(key, ''), 'd' FROM kv_cache WHERE key > 'c';
INSERT INTO expect SELECT 'from, to', group_concat(key, ''), 'bc' FROM kv_cache WHERE key >= 'b' AND key <= 'c';
INSERT INTO expect SELECT 'above, below', group_concat(key, ''), NULL FROM kv_cache WHERE key > 'b' AND key < 'c';
INSERT INTO expect SELECT 'above, to', group_concat(key, ''), 'c' FROM kv_cache WHERE key > 'b' AND key <= 'c';
INSERT INTO expect SELECT 'ends by', group_concat(key, ''), 'ab' FROM kv_cache WHERE expires_at <= 1020;
INSERT INTO expect SELECT 'ends before', group_concat(key, ''), 'a' FROM kv_cache WHERE expires_at < 1020;
