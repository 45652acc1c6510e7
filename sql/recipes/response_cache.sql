-- Keeping the answers of a slow service: read through, expire, serve stale, invalidate.
--
--   sqlite3 -cmd '.load /path/to/larder' cache.db < response_cache.sql
.bail on

-- The clock is frozen so that this script can show what expires. An application leaves it alone.
SELECT kv_clock(1700000000);
SELECT cache_clear('http:');

-- Stands for the slow service.
CREATE TEMP TABLE service(url TEXT PRIMARY KEY, body TEXT);
INSERT INTO service(url, body) VALUES ('/rates', '{"EUR":1.08}'), ('/news', '["one","two"]');

-- 1. Read through. cache_set() returns what it stored, so one expression looks, asks and keeps. coalesce() does not evaluate its
--    second argument when the first one is there: only the first request costs anything, and the second still gets its answer.
SELECT coalesce(cache_get('http:/rates'), cache_set('http:/rates', (SELECT body FROM service WHERE url = '/rates'), '15m'));
UPDATE service SET body = '{"EUR":1.11}' WHERE url = '/rates';
SELECT coalesce(cache_get('http:/rates'), cache_set('http:/rates', (SELECT body FROM service WHERE url = '/rates'), '15m'));

-- 2. A NULL is a value, too: "there is no such page" is worth remembering for a minute. coalesce() cannot tell it from a miss, so
--    ask cache_has() first.
SELECT cache_set('http:/no-such-page', NULL, '1m');
SELECT CASE WHEN cache_has('http:/no-such-page') THEN 'known to be missing' ELSE 'must ask' END;

-- 3. Many answers at once: one statement, one commit.
INSERT OR REPLACE INTO kv_cache(key, value, ttl)
SELECT 'http:' || url, body, '1h' FROM service WHERE url <> '/rates';

-- 4. Sixteen minutes later /rates has expired. When the service does not answer, an old answer may be better than none.
SELECT kv_clock(kv_clock() + 16 * 60);
SELECT cache_get('http:/rates', 'a miss');
SELECT cache_stale('http:/rates', '1h');

-- 5. What is there, and what expires within the next hour. Both conditions use an index.
SELECT key, ttl, size FROM kv_cache WHERE key GLOB 'http:*';
SELECT key FROM kv_cache WHERE expires_at < kv_clock() + 3600;

-- 6. At most 100 requests a minute for each client: the counter begins at 0 and is gone with its minute.
SELECT cache_incr('http:count:client-7:' || CAST(kv_clock() / 60 AS INTEGER), 1, '1m') <= 100 AS allowed;

-- 7. The site was deployed anew: forget everything below one prefix.
SELECT cache_set('http:/news/1', 'old', '1h'), cache_set('http:/news/2', 'old', '1h');
SELECT cache_clear('http:/news/');

-- 8. Dead entries are invisible whether or not they are still in the file. Each new key takes two of them away; a sweep, now and
--    then, takes all.
SELECT kv_clock(kv_clock() + 3600);
SELECT kv_sweep();
