-- Taking over what a hand-made script has kept so far, so that nothing is done twice: a state file in JSON, a table of processed ids, a
-- table that was used as a cache. Run it as often as you like: OR IGNORE leaves alone what Larder knows already.
--
--   sqlite3 -cmd '.load /path/to/larder' jobs.db < take_over.sql
.bail on

-- What the old script has left behind. Yours is there already: leave these out.
SELECT writefile('state.json', '{
  "cursor": 1041,
  "done": {"a.jpg": {"at": "2026-11-01T08:00:00Z", "width": 160}, "b.jpg": {"at": "2026-11-02T08:00:00Z", "width": 90}},
  "failed": {"c.jpg": "not an image"},
  "queue": ["d.jpg", "e.jpg"],
  "cache": {"camera": {"value": "X100", "until": 4102444800}, "lens": {"value": "23 mm"}}
}') > 0;
CREATE TABLE IF NOT EXISTS processed(id INTEGER PRIMARY KEY, at TEXT NOT NULL);
INSERT OR IGNORE INTO processed VALUES (7, '2026-11-01 08:00:00'), (8, '2026-11-02 08:00:00');
CREATE TABLE IF NOT EXISTS cache(key TEXT PRIMARY KEY, value, created_at INTEGER NOT NULL, expires_at INTEGER);
INSERT OR IGNORE INTO cache VALUES ('rates', '{"EUR":1}', 1700000000, 4102444800), ('logo', x'89504e47', 1700000000, NULL), ('old', 'dead', 1500000000, 1500003600);

-- 1. The state file. What is done is done, with its result and its time; what failed for good is skipped, with its reason; what waits is
--    added, in its order; what was remembered goes into the cache, what has no end for ever; and where the script was becomes a
--    checkpoint. One transaction: all of it or nothing.
BEGIN IMMEDIATE;
CREATE TEMP TABLE state AS SELECT CAST(readfile('state.json') AS TEXT) AS content;
INSERT OR IGNORE INTO kv_ledger(ledger, id, status, result, done_at)
SELECT 'thumbnails', key, 'done', json_extract(value, '$.width'), strftime('%s', json_extract(value, '$.at'))
FROM temp.state, json_each(content, '$.done');
INSERT OR IGNORE INTO kv_ledger(ledger, id, status, error) SELECT 'thumbnails', key, 'skipped', value FROM temp.state, json_each(content, '$.failed');
INSERT OR IGNORE INTO kv_ledger(ledger, id) SELECT 'thumbnails', value FROM temp.state, json_each(content, '$.queue');
INSERT OR IGNORE INTO kv_cache(key, value, expires_at)
SELECT key, json_extract(value, '$.value'), json_extract(value, '$.until') FROM temp.state, json_each(content, '$.cache');
SELECT checkpoint_advance('thumbnails', json_extract(content, '$.cursor')) FROM temp.state;
COMMIT;

-- 2. A table of processed ids. Times are Unix seconds here: strftime('%s', …) reads what SQLite knows as a time.
INSERT OR IGNORE INTO kv_ledger(ledger, id, status, created_at, done_at)
SELECT 'orders', id, 'done', strftime('%s', at), strftime('%s', at) FROM processed;

-- 3. A table that was a cache. What is dead by now is not stored; with milliseconds, divide by 1000.0.
INSERT OR IGNORE INTO kv_cache(key, value, created_at, expires_at)
SELECT key, value, created_at, expires_at FROM cache;

-- From here on the script asks Larder. (DROP TABLE processed, cache, when you will not go back.)
SELECT ledger, done, skipped, pending FROM kv_progress;
SELECT ledger_mark('orders', 7), ledger_result('thumbnails', 'a.jpg'), ledger_claim('thumbnails', 'c.jpg', '5m');
SELECT checkpoint_get('thumbnails'), cache_get('rates'), cache_get('camera'), cache_has('old');
