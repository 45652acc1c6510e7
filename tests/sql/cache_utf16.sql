-- In a UTF-16 file the bytes of a key, and so the order of keys, are not those of UTF-8.
.system echo ".load $LARDER" >load.sql
.open utf16.db
PRAGMA encoding = 'UTF-16le';
.read load.sql
CREATE TEMP TABLE expect(name, got, want);

CREATE TEMP TABLE k(key);
INSERT INTO k VALUES ('a'), ('a:1'), ('a:ÿ'), ('a:世'), ('a:🦉'), ('b'), ('ÿ1'), ('ÿ2'), ('Ā'), ('🦉1'), ('🦉2'), ('🦊'), (char(0x10ffff)),
  (char(0xffff) || '1'), (x'6100'), (x'61003a00');
SELECT cache_set(key, key) FROM k;
INSERT INTO expect VALUES ('the encoding', (SELECT encoding FROM pragma_encoding), 'UTF-16le');
INSERT INTO expect SELECT 'get ' || quote(key), cache_get(key), key FROM k;
INSERT INTO expect VALUES ('GLOB', (SELECT count(*) FROM kv_cache WHERE key GLOB 'a:*'), (SELECT count(*) FROM k WHERE key GLOB 'a:*'));
INSERT INTO expect VALUES ('GLOB with ÿ', (SELECT count(*) FROM kv_cache WHERE key GLOB 'ÿ*'), 2);
INSERT INTO expect VALUES ('range', (SELECT count(*) FROM kv_cache WHERE key >= 'a:' AND key < 'a;'),
  (SELECT count(*) FROM larder_cache WHERE +key >= 'a:' AND +key < 'a;'));
INSERT INTO expect VALUES ('order', (SELECT group_concat(quote(key)) FROM (SELECT key FROM kv_cache ORDER BY key)),
  (SELECT group_concat(quote(key)) FROM (SELECT key FROM larder_cache ORDER BY +key)));

INSERT INTO expect VALUES ('clear ÿ', cache_clear('ÿ'), 2);
INSERT INTO expect VALUES ('its neighbour is left', cache_has('Ā'), 1);
INSERT INTO expect VALUES ('clear an owl', cache_clear('🦉'), 2);
INSERT INTO expect VALUES ('the fox is left', cache_has('🦊'), 1);
INSERT INTO expect VALUES ('clear a:', cache_clear('a:'), 4);
INSERT INTO expect VALUES ('a is left', cache_has('a'), 1);
INSERT INTO expect VALUES ('BLOBs are left', cache_has(x'61003a00'), 1);
INSERT INTO expect VALUES ('clear BLOBs', cache_clear(x'61'), 2);
INSERT INTO expect VALUES ('the last one in the order of UTF-16', cache_clear(char(0xffff)), 1);
INSERT INTO expect VALUES ('text with NUL', cache_set('n', 'x' || char(0) || 'y'), 'x' || char(0) || 'y');
INSERT INTO expect VALUES ('its bytes', hex(cache_get('n')), '780000007900');
INSERT INTO expect VALUES ('a tag', cache_set('t', 1, 60, 'tä'), 1), ('found', (SELECT key FROM kv_cache WHERE tag = 'tä'), 't'), ('a number', cache_set('u', 1, 60, 7), 1),
  ('by its tag', cache_clear_tag('tä'), 1), ('by its number', cache_clear_tag(7), 1);
