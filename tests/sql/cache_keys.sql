-- Keys are text; numbers become their text, and a BLOB is a key of its own.
SELECT cache_set(42, 'integer');
INSERT INTO expect VALUES ('42 and its text', cache_get('42'), 'integer');
SELECT cache_set('42', 'text');
INSERT INTO expect VALUES ('are one key', cache_get(42), 'text');
SELECT cache_set(1.5, 'real');
INSERT INTO expect VALUES ('1.5 and its text', cache_get('1.5'), 'real');
-- JavaScript knows no other number.
INSERT INTO expect VALUES ('42.0 is 42', cache_get(42.0), 'text');
INSERT INTO expect VALUES ('its text is not', cache_get('42.0'), NULL);
INSERT INTO expect VALUES ('and so has 042', cache_get('042'), NULL);
SELECT cache_set(-9223372036854775807 - 1, 'smallest');
INSERT INTO expect VALUES ('the smallest integer', cache_get('-9223372036854775808'), 'smallest');
INSERT INTO expect VALUES ('the stored keys are text', (SELECT group_concat(DISTINCT typeof(key)) FROM larder_cache), 'text');

SELECT cache_set('ab', 'text'), cache_set(x'6162', 'blob');
INSERT INTO expect VALUES ('text', cache_get('ab'), 'text');
INSERT INTO expect VALUES ('blob of the same bytes', cache_get(x'6162'), 'blob');
INSERT INTO expect VALUES ('blob in the table', (SELECT value FROM kv_cache WHERE key = x'6162'), 'blob');
INSERT INTO expect VALUES ('del of one', cache_del('ab'), 1);
INSERT INTO expect VALUES ('leaves the other', cache_get(x'6162'), 'blob');

SELECT cache_set('', 'empty'), cache_set(x'', 'empty blob');
INSERT INTO expect VALUES ('the empty text', cache_get(''), 'empty');
INSERT INTO expect VALUES ('the empty blob', cache_get(x''), 'empty blob');

SELECT cache_set('a' || char(0) || 'b', 'one'), cache_set('a' || char(0) || 'c', 'two'), cache_set('a', 'three');
INSERT INTO expect VALUES ('NUL inside', cache_get('a' || char(0) || 'b'), 'one');
INSERT INTO expect VALUES ('another after the NUL', cache_get('a' || char(0) || 'c'), 'two');
INSERT INTO expect VALUES ('before the NUL', cache_get('a'), 'three');

-- Case and trailing space matter.
SELECT cache_set('Key', 1), cache_set('key', 2), cache_set('key ', 3);
INSERT INTO expect VALUES ('Key', cache_get('Key'), 1);
INSERT INTO expect VALUES ('key', cache_get('key'), 2);
INSERT INTO expect VALUES ('key and a space', cache_get('key '), 3);

CREATE TEMP TABLE long AS SELECT hex(zeroblob(500000)) AS key;
SELECT length(cache_set(key || 'a', 1)), length(cache_set(key || 'b', 2)) FROM long;
INSERT INTO expect SELECT '1 MB', cache_get(key || 'a'), 1 FROM long;
INSERT INTO expect SELECT '1 MB, another end', cache_get(key || 'b'), 2 FROM long;
INSERT INTO expect SELECT '1 MB, cut off', cache_get(key), NULL FROM long;
