-- So many a day, and from local midnight on as many again: three mails a day for each user, here.
--
--   sqlite3 -cmd '.load /path/to/larder' quota.db < daily_quota.sql
--
-- rate_take('mail:ada', 3, '1d') is something else: it knows no midnight, and gives one back every eight hours.
.bail on

-- Before anything else: many processes wait in a fair way.
SELECT kv_busy_timeout(5000);

-- Stands for the mails that were sent.
CREATE TABLE IF NOT EXISTS mail(user TEXT NOT NULL, day TEXT NOT NULL);

-- 1. The day is in the key, so the count begins anew by itself. It is read once, because between two readings it may turn midnight.
--    'localtime' is the time zone of this machine.
CREATE TEMP TABLE quota(user, day, key);
INSERT INTO temp.quota
SELECT 'ada' AS user, day, 'mails:ada:' || day AS key FROM (SELECT date(kv_clock(), 'unixepoch', 'localtime') AS day);

-- 2. Look and count are one step: BEGIN IMMEDIATE keeps others out between them. What does not fit is not counted, and CASE looks first.
--    The entry is of no use the day after, and dies by itself. (Where the cache has a limit, the count may be evicted: it belongs in a
--    table of your own then.)
BEGIN IMMEDIATE;
INSERT INTO mail(user, day)
SELECT user, day FROM temp.quota WHERE CASE WHEN coalesce(cache_get(key), 0) < 3 THEN cache_incr(key, 1, '2d') END;
COMMIT;

-- 3. What is left, and for how long.
SELECT 3 - coalesce(cache_get(key), 0) AS "left today", strftime('%s', day, '+1 day', 'utc') - strftime('%s', kv_clock(), 'unixepoch') AS "seconds until midnight"
FROM temp.quota;
