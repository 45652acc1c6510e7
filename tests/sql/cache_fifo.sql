-- With the policy 'fifo' the one whose key came first goes. What is dead has gone: its key, stored again, comes last, whether or not a sweep came first.
SELECT kv_config('cache.policy', 'fifo'), kv_config('cache.max_entries', 3);
CREATE TEMP VIEW keys AS SELECT group_concat(key) AS left FROM (SELECT key FROM kv_cache ORDER BY key);
SELECT kv_clock(1000), cache_clear(), cache_set('a', 1, 10), cache_set('b', 2), cache_set('c', 3), kv_clock(2000);
SELECT cache_set('a', 1);
SELECT cache_set('d', 1);
INSERT INTO expect VALUES ('cache_set', (SELECT left FROM keys), 'a,c,d');
SELECT kv_clock(1000), cache_clear(), cache_set('a', 1, 10), cache_set('b', 2), cache_set('c', 3), kv_clock(2000);
SELECT cache_add('a', 1);
SELECT cache_set('d', 1);
INSERT INTO expect VALUES ('cache_add', (SELECT left FROM keys), 'a,c,d');
SELECT kv_clock(1000), cache_clear(), cache_set('a', 1, 10), cache_set('b', 2), cache_set('c', 3), kv_clock(2000);
SELECT cache_incr('a');
SELECT cache_set('d', 1);
INSERT INTO expect VALUES ('cache_incr', (SELECT left FROM keys), 'a,c,d');
SELECT kv_clock(1000), cache_clear(), cache_set('a', 1, 10), cache_set('b', 2), cache_set('c', 3), kv_clock(2000);
INSERT INTO kv_cache(key, value) VALUES ('a', 1);
SELECT cache_set('d', 1);
INSERT INTO expect VALUES ('INSERT', (SELECT left FROM keys), 'a,c,d');
SELECT kv_clock(1000), cache_clear(), cache_set('a', 1, 10), cache_set('b', 2), cache_set('c', 3), kv_clock(2000);
INSERT OR REPLACE INTO kv_cache(key, value) VALUES ('a', 1);
SELECT cache_set('d', 1);
INSERT INTO expect VALUES ('OR REPLACE', (SELECT left FROM keys), 'a,c,d');
SELECT kv_clock(1000), cache_clear(), cache_set('a', 1, 10), cache_set('b', 2), cache_set('c', 3), kv_clock(2000), kv_sweep(), cache_set('a', 1), cache_set('d', 1);
INSERT INTO expect VALUES ('after a sweep', (SELECT left FROM keys), 'a,c,d');
-- What lives keeps its place.
SELECT kv_clock(1000), cache_clear(), cache_set('a', 1, 10), cache_set('b', 2), cache_set('c', 3), cache_set('a', 2), cache_set('d', 1);
INSERT INTO expect VALUES ('alive', (SELECT left FROM keys), 'b,c,d');
-- The order is kept also before there is a limit.
SELECT kv_config('cache.max_entries', NULL), kv_clock(1000), cache_clear(), cache_set('a', 1, 10), cache_set('b', 2), cache_set('c', 3), kv_clock(2000);
SELECT cache_set('a', 1);
SELECT kv_config('cache.max_entries', 2);
INSERT INTO expect VALUES ('a limit that comes later', (SELECT left FROM keys), 'a,c');
-- Somebody's trigger that keeps dead rows keeps nothing from being stored.
CREATE TRIGGER keeper BEFORE DELETE ON larder_cache WHEN old.expires_at < 5000 BEGIN SELECT RAISE(ABORT, 'kept'); END;
SELECT kv_clock(1000), cache_set('a', 1, 10), kv_clock(2000);
INSERT INTO expect VALUES ('kept', cache_set('a', 2), 2), ('and stored', cache_get('a'), 2);
-- Who reads makes nothing newer here, so nothing is noted of it.
DROP TRIGGER keeper;
SELECT kv_clock(1000), cache_clear(), cache_set('a', 1), cache_set('b', 1), kv_clock(2000), cache_get('b'), cache_get('a');
SELECT cache_set('c', 1);
INSERT INTO expect VALUES ('reads', (SELECT left FROM keys), 'b,c'), ('not written down', (SELECT count(used_at) FROM larder_cache), 0);
