-- Keys and values together are no more than cache.max_bytes; a number is 8 bytes, NULL none.
CREATE TEMP VIEW keys AS SELECT coalesce(group_concat(key, ' '), '') AS list FROM (SELECT key FROM larder_cache ORDER BY id);
CREATE TEMP VIEW bytes AS SELECT value FROM larder_meta WHERE name = 'cache.bytes';
SELECT kv_clock(1000), kv_config('cache.max_bytes', 30);
SELECT cache_set('a', '123456789'), cache_set('b', 5), cache_set('c', x'0102'), cache_set('null', NULL);
INSERT INTO expect VALUES ('counted', (SELECT value FROM bytes), 10 + 9 + 3 + 4), ('all fit', (SELECT list FROM keys), 'a b c null');
SELECT kv_clock(1001), cache_set('b', '123456789012');
INSERT INTO expect VALUES ('30 are not too many', (SELECT list FROM keys), 'a b c null'), ('counted', (SELECT value FROM bytes), 30);
SELECT kv_clock(1002), cache_set('b', '1234567890123');
INSERT INTO expect VALUES ('31 are', (SELECT list FROM keys), 'b c null'), ('counted', (SELECT value FROM bytes), 21);
SELECT kv_clock(1003), cache_set('large', zeroblob(25));
INSERT INTO expect VALUES ('fills it', (SELECT list FROM keys), 'large'), ('itself', length(cache_get('large')), 25);
SELECT cache_set(1.5, 1), cache_set(42, 'äö');
INSERT INTO expect VALUES ('bytes, not characters', (SELECT value FROM bytes), 3 + 8 + 2 + 4);
UPDATE kv_cache SET value = 'x' WHERE key = '42';
INSERT INTO expect VALUES ('an update', (SELECT value FROM bytes), 3 + 8 + 2 + 1);
UPDATE kv_cache SET value = zeroblob(20) WHERE key = '42';
INSERT INTO expect VALUES ('makes room, too', (SELECT list FROM keys), '42');
SELECT cache_pop('42');
INSERT INTO expect VALUES ('empty', (SELECT value FROM bytes), 0), ('a number that grows', cache_incr('n'), 1);

-- Many small ones for a large one.
SELECT kv_config('cache.max_bytes', 1000);
SELECT kv_clock(2000 + value), cache_set(printf('%03d', value), '1234567') FROM generate_series(1, 200);
INSERT INTO expect VALUES ('a hundred', (SELECT count(*) FROM kv_cache), 100), ('the latest', (SELECT count(*) FROM kv_cache WHERE key > '190'), 10);
SELECT kv_clock(3000), cache_set('xyz', zeroblob(900));
INSERT INTO expect VALUES ('some are left', (SELECT count(*) BETWEEN 1 AND 10 FROM kv_cache), 1), ('bytes', (SELECT value <= 1000 FROM bytes), 1),
  ('a limit that it passes', kv_config('cache.max_bytes', 500), 500), ('holds at once', (SELECT value <= 500 FROM bytes), 1);
