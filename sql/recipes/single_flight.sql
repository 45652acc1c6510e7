-- When many processes miss the same entry at once, one of them works it out; the others serve the old value or wait.
--
--   sqlite3 -cmd '.load /path/to/larder' cache.db < single_flight.sql
.bail on

-- Before anything else: many processes wait in a fair way.
SELECT kv_busy_timeout(5000);

-- Stands for what is expensive: each row is one time that it was worked out.
CREATE TABLE IF NOT EXISTS worked_out(at REAL NOT NULL);

-- 1. Look and claim are one step: between them no other process can store the value. (Without BEGIN IMMEDIATE one that comes late might
--    miss, then see the claim just ended by a cache_set(), and work the value out once more than needed.) CASE evaluates the claim only
--    after a miss.
CREATE TEMP TABLE mine(yes);
BEGIN IMMEDIATE;
INSERT INTO temp.mine
SELECT CASE WHEN cache_has('report') THEN 0 ELSE cache_claim('report', '30s') END;
COMMIT;

-- 2. Whoever has the claim does the work, outside of any transaction, within the 30 seconds. Storing the value ends the claim. When this
--    process is killed instead, the claim ends by itself, and the next one that misses gets it.
INSERT INTO worked_out(at) SELECT kv_clock() FROM temp.mine WHERE yes;
BEGIN IMMEDIATE;
SELECT cache_set('report', 'the result', '10m') FROM temp.mine WHERE yes;
COMMIT;

-- 3. Everybody else answers with the value that is there, with the one that has just expired, or asks again in a moment.
SELECT coalesce(cache_get('report'), cache_stale('report', '1h'), 'in the works, ask again') FROM temp.mine WHERE NOT yes;

-- 4. Ahead of time: in the last minute of its life one process at a time refreshes the entry, while all others still hit. cache_ttl() is
--    NULL for what is absent, and Inf for what never expires.
SELECT cache_claim('report', '30s') AS refresh WHERE cache_ttl('report') < 60;
