-- A value comes back with the type and the bytes that went in.
CREATE TEMP TABLE sample(name, value);
INSERT INTO sample VALUES
  ('NULL', NULL),
  ('zero', 0), ('smallest integer', -9223372036854775807 - 1), ('largest integer', 9223372036854775807),
  ('whole real', 1.0), ('real', 0.1), ('large real', 1.7976931348623157e308), ('small real', 5e-324), ('Inf', 9e999), ('-Inf', -9e999),
  ('empty text', ''), ('text', 'plain'), ('text of a number', '42'), ('text with zeros', '042.0'),
  ('UTF-8', 'Grüße, 世界 🦉'), ('text with NUL', 'a' || char(0) || 'b'), ('only NUL', char(0)),
  ('empty blob', x''), ('blob', x'00ff00'), ('blob of text', CAST('plain' AS BLOB)), ('zeroblob', zeroblob(5000)),
  ('1 MB of text', replace(hex(zeroblob(500000)), '0', 'x')), ('1 MB blob', zeroblob(1000000)),
  ('not UTF-8', CAST(x'ff80c0' AS TEXT));

INSERT INTO expect SELECT 'set returns: ' || name, cache_set(name, value), value FROM sample;
INSERT INTO expect SELECT 'get: ' || name, cache_get(name, 'miss'), value FROM sample;
INSERT INTO expect SELECT 'bytes: ' || name, hex(cache_get(name)), hex(value) FROM sample;
INSERT INTO expect SELECT 'table: ' || name, (SELECT c.value FROM kv_cache AS c WHERE c.key = s.name), value FROM sample AS s;
INSERT INTO expect SELECT 'stale: ' || name, cache_stale(name), value FROM sample;
INSERT INTO expect SELECT 'has: ' || name, cache_has(name), 1 FROM sample;
INSERT INTO expect SELECT 'cas of itself: ' || name, cache_cas(name, value, value), 1 FROM sample;
INSERT INTO expect SELECT 'default: ' || name, cache_get('absent', value), value FROM sample;
INSERT INTO expect SELECT 'pop: ' || name, cache_pop(name), value FROM sample;
INSERT INTO expect VALUES ('all popped', (SELECT count(*) FROM kv_cache), 0);

-- Also where an older value of another type is overwritten.
INSERT INTO expect SELECT 'overwritten with: ' || name, cache_set('one key', value), value FROM sample;
INSERT INTO expect VALUES ('the last one', hex(cache_get('one key')), 'FF80C0');

-- The bytes of text with a NUL inside are all there, though SQL's length() stops at it.
SELECT cache_set('nul', 'a' || char(0) || 'b');
INSERT INTO expect VALUES ('three bytes', length(CAST(cache_get('nul') AS BLOB)), 3);
