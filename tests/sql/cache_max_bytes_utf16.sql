-- In a UTF-16 file the limit is of its bytes: two for a letter and for a digit of a key. A number is 8 bytes, a BLOB is as long as it is.
.system echo ".load $LARDER" >load.sql
.open utf16.db
PRAGMA encoding = 'UTF-16le';
.read load.sql
CREATE TEMP TABLE expect(name, got, want);
CREATE TEMP VIEW stored AS SELECT (SELECT coalesce(group_concat(quote(key), ' '), '') FROM (SELECT key FROM larder_cache ORDER BY id)) AS keys,
  (SELECT value FROM larder_meta WHERE name = 'cache.bytes') AS bytes;
SELECT kv_clock(1000), kv_config('cache.max_bytes', 40);
SELECT cache_set('a', 'bcd'), cache_set(42, 7), cache_set(x'01', x'0203'), cache_set('n', NULL);
INSERT INTO expect SELECT 'all fit', keys, '''a'' ''42'' X''01'' ''n''' FROM stored;
INSERT INTO expect SELECT 'counted', bytes, (2 + 6) + (4 + 8) + (1 + 2) + 2 FROM stored;
SELECT kv_clock(1001), cache_set('z', '123456');
INSERT INTO expect SELECT '39 are not too many', bytes, 39 FROM stored;
SELECT kv_clock(1002), cache_set('z', '1234567');
INSERT INTO expect SELECT '41 are', keys || ', ' || bytes, '''42'' X''01'' ''n'' ''z'', 33' FROM stored;
SELECT cache_set(123456, printf('%14s', 'x'));
INSERT INTO expect SELECT 'fills it', keys || ', ' || bytes, '''123456'', 40' FROM stored;
