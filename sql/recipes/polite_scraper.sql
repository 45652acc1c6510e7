-- Several processes fetch pages, and together ask no host more often than it likes: five times in ten seconds, here.
--
--   sqlite3 -cmd '.load /path/to/larder' scraper.db < polite_scraper.sql
.bail on

-- Before anything else: many processes wait in a fair way.
SELECT kv_busy_timeout(5000);

-- What is wanted. `request` stands for asking the host: each row is one time.
CREATE TABLE IF NOT EXISTS page(url TEXT PRIMARY KEY, host TEXT NOT NULL, n INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS request(url TEXT NOT NULL, host TEXT NOT NULL, at REAL NOT NULL);
INSERT OR IGNORE INTO page(url, host, n)
SELECT 'https://' || hosts.value || '/' || numbers.value, hosts.value, numbers.value
FROM json_each('["a.example", "b.example"]') AS hosts, json_each('[1,2,3,4,5,6,7,8,9,10,11,12]') AS numbers;

-- 1. A few pages that nobody has fetched. They are chosen first and asked for after: with LIMIT and rate_take() in one SELECT it would
--    depend on the query plan how often is taken for rows that the LIMIT then cuts off.
BEGIN IMMEDIATE;

CREATE TEMP TABLE batch AS
SELECT url, host FROM page WHERE NOT ledger_seen('fetched', url) ORDER BY n, host LIMIT 4;

-- 2. 0 is "go on", and taken; anything else is how long to wait, and nothing is taken.
CREATE TEMP TABLE turn AS
SELECT url, host, rate_take(host, 5, '10s') AS wait FROM temp.batch;

-- 3. Whoever may go on marks the page as its own, in the same transaction. A page that may turn out not to answer belongs in a queue
--    instead: work_queue.sql.
CREATE TEMP TABLE mine AS
SELECT url, host FROM temp.turn WHERE CASE WHEN wait = 0 THEN ledger_mark('fetched', url) END;

COMMIT;

-- 4. The requests themselves, outside of any transaction.
INSERT INTO request(url, host, at) SELECT url, host, kv_clock() FROM temp.mine;

-- 5. A program sleeps for as long as the shortest of these, and begins at 1 again.
SELECT host, min(wait) AS "ask again in" FROM temp.turn WHERE wait > 0 GROUP BY host;

-- Where a host answers "too many requests, come back in a minute", all processes heed it:
--
--   SELECT cache_set('pause:a.example', 1, '1m');     -- on that answer
--   SELECT cache_has('pause:a.example');              -- before rate_take(): 1 while the minute lasts
