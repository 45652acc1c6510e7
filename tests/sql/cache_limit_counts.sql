-- The counts behind the limits are right whoever writes, also without Larder.
CREATE TEMP VIEW wrong AS SELECT * FROM (SELECT (SELECT value FROM larder_meta WHERE name = 'cache.entries') AS entries, (SELECT value FROM larder_meta WHERE name = 'cache.bytes') AS bytes)
  WHERE entries IS NOT (SELECT count(*) FROM larder_cache)
  OR bytes IS NOT (SELECT coalesce(sum(octets), 0) FROM (SELECT length(CAST(key AS BLOB)) + CASE WHEN typeof(value) IN ('integer', 'real') THEN 8 ELSE coalesce(length(CAST(value AS BLOB)), 0) END AS octets FROM larder_cache));
SELECT kv_clock(1000), cache_set('before', 'the limit');
INSERT INTO expect VALUES ('no limit, no count', (SELECT count(*) FROM wrong), 1);
SELECT kv_config('cache.max_entries', 1000);
INSERT INTO expect VALUES ('counted when set', (SELECT count(*) FROM wrong), 0);
SELECT kv_clock(1000), cache_set('a', 'x', 10), cache_set('a', 'xyz', 5), cache_set('b', 1.5), cache_incr('n', 1), cache_incr('n', 0.5), cache_add('c', x'01'), cache_replace('c', 'long'), cache_cas('c', 'long', 5),
  cache_claim('d', 10), cache_claim('a', 10), cache_touch('b', 5), cache_set('gone', 1, 0), cache_pop('b'), cache_del('c');
INSERT INTO expect VALUES ('each function', (SELECT count(*) FROM wrong), 0);
INSERT INTO kv_cache(key, value) VALUES ('e', 1), ('f', 'ä');
INSERT OR REPLACE INTO kv_cache(key, value, ttl) VALUES ('e', 'one', 5), ('g', NULL, 5), ('h', 1, 0);
UPDATE kv_cache SET value = 'much longer', ttl = 90 WHERE key = 'f';
DELETE FROM kv_cache WHERE key = 'e';
INSERT INTO expect VALUES ('the table', (SELECT count(*) FROM wrong), 0);
SELECT kv_clock(1100), kv_sweep(), cache_set('z', 1, 5);
INSERT INTO expect VALUES ('a sweep', (SELECT count(*) FROM wrong), 0);
SELECT cache_clear('f');
INSERT INTO expect VALUES ('a prefix', (SELECT count(*) FROM wrong), 0);
INSERT INTO larder_cache(key, created_at, value) VALUES ('sql', 1, 'plain');
UPDATE larder_cache SET value = 'changed', key = 'SQL' WHERE key = 'sql';
DELETE FROM larder_cache WHERE key = 'z';
INSERT INTO expect VALUES ('plain SQL', (SELECT count(*) FROM wrong), 0);
.system LD_PRELOAD="$LARDER_PRELOAD" "$SQLITE3" -batch -init /dev/null test.db "INSERT INTO larder_cache(key, created_at, value) VALUES ('other', 1, 'plain'); DELETE FROM larder_cache WHERE key = 'SQL'" 2>&1
INSERT INTO expect VALUES ('of a program without Larder', (SELECT count(*) FROM wrong), 0), ('it is there', cache_get('other'), 'plain'), ('the doctor', (SELECT status FROM kv_check WHERE name = 'cache'), 'ok');
SAVEPOINT s;
SELECT cache_set('i', 1), cache_clear();
INSERT INTO expect VALUES ('all gone', (SELECT count(*) FROM wrong), 0);
ROLLBACK TO s;
RELEASE s;
INSERT INTO expect VALUES ('undone', (SELECT count(*) FROM wrong), 0);
-- SQLite fires no trigger for the row that a REPLACE removes, so this miscounts; the doctor sees it, and a write that finds nothing to remove counts anew.
REPLACE INTO larder_cache(key, created_at, value) VALUES ('other', 1, 'plain');
INSERT INTO expect VALUES ('a plain REPLACE', (SELECT count(*) FROM wrong), 1), ('the doctor', (SELECT status FROM kv_check WHERE name = 'cache'), 'error'),
  ('setting it again', kv_config('cache.max_entries', 1000), 1000), ('mends it', (SELECT count(*) FROM wrong), 0);
UPDATE larder_meta SET value = 'x' WHERE name = 'cache.entries';
UPDATE larder_meta SET value = 1e18 WHERE name = 'cache.bytes';
SELECT kv_config('cache.max_bytes', 1000);
INSERT INTO expect VALUES ('counted anew', (SELECT count(*) FROM wrong), 0);
UPDATE larder_meta SET value = 1000000000000000000 WHERE name = 'cache.bytes';
SELECT cache_set('j', 'value');
INSERT INTO expect VALUES ('a wrong count mends itself', (SELECT count(*) FROM wrong), 0), ('and takes not what was written', cache_get('j'), 'value');
DROP TRIGGER larder_cache_count_insert;
SELECT cache_set('k', 1), cache_set('l', 1), cache_set('m', 1);
INSERT INTO expect VALUES ('a missing trigger comes back', (SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'), 3), ('', (SELECT count(*) FROM wrong), 0);
-- One of that name that counts something else is none of ours.
DROP TRIGGER larder_cache_count_insert;
CREATE TRIGGER larder_cache_count_insert AFTER INSERT ON larder_cache BEGIN SELECT 1; END;
INSERT INTO expect VALUES ('the doctor on a trigger', (SELECT status FROM kv_check WHERE name = 'cache'), 'error');
SELECT cache_set('o', 1), cache_set('p', 1);
INSERT INTO expect VALUES ('it is replaced', (SELECT count(*) FROM wrong), 0), ('the doctor again', (SELECT status FROM kv_check WHERE name = 'cache'), 'ok');
-- Counts that are not there do not switch a limit off.
SELECT kv_config('cache.max_entries', 3);
DELETE FROM larder_meta WHERE name IN ('cache.entries', 'cache.bytes');
SELECT cache_set('q', 1), cache_set('r', 1), cache_set('s', 1), cache_set('t', 1);
INSERT INTO expect VALUES ('no counts', (SELECT count(*) FROM kv_cache), 3), ('counted anew', (SELECT count(*) FROM wrong), 0);
SELECT kv_config('cache.max_entries', NULL), kv_config('cache.max_bytes', NULL);
INSERT INTO expect VALUES ('no limit, no trigger', (SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'), 0);
-- While somebody reads the table.
SELECT kv_config('cache.max_entries', 100 + id) FROM larder_cache;
SELECT kv_config('cache.max_entries', NULL) FROM larder_cache;
INSERT INTO expect VALUES ('set while reading', (SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'), 0);
-- Counts that cannot be right are made anew by the next write.
SELECT kv_config('cache.max_entries', 1000), kv_config('cache.max_bytes', 100000), cache_set('j', 1);
UPDATE larder_meta SET value = 9223372036854775807 WHERE name = 'cache.entries';
INSERT INTO expect VALUES ('the greatest number', cache_set('k', 1), 1), ('entries anew', (SELECT count(*) FROM wrong), 0);
UPDATE larder_meta SET value = 9223372036854775807 WHERE name IN ('cache.entries', 'cache.bytes');
INSERT INTO expect VALUES ('of both', cache_set('l', 1), 1), ('both anew', (SELECT count(*) FROM wrong), 0);
UPDATE larder_meta SET value = -9223372036854775807 WHERE name = 'cache.bytes';
INSERT INTO expect VALUES ('the least number', cache_set('m', 1), 1), ('bytes anew', (SELECT count(*) FROM wrong), 0);
