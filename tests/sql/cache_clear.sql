-- Clearing everything, or the keys with a prefix. Every character of the prefix stands for itself.
SELECT kv_clock(1000);
CREATE TEMP TABLE k(key);
INSERT INTO k VALUES ('user:1'), ('user:2'), ('user'), ('user;'), ('User:1'), ('a%b'), ('a_b'), ('a*b'), ('a[b'), ('a?b'), ('axb'),
  ('42'), ('420'), ('4'), (''), ('ä1'), ('ä2'), ('å'), (x'757365723a'), (x'757365723a31'), (x'ff'), (x'ffff'), (x'ff01'), (x'fe'), (x''),
  (char(0x10ffff)), (char(0x10ffff) || 'a'), ('n' || char(0) || 'a'), ('n' || char(0) || 'b'), ('n');
SELECT cache_set(key, 1) FROM k;

INSERT INTO expect VALUES ('none', cache_clear('nobody'), 0);
INSERT INTO expect VALUES ('all are there', (SELECT count(*) FROM kv_cache), (SELECT count(*) FROM k));
INSERT INTO expect VALUES ('users', cache_clear('user:'), 2);
INSERT INTO expect VALUES ('not their neighbours',
  cache_has('user') + cache_has('user;') + cache_has('User:1') + cache_has(x'757365723a'), 4);
INSERT INTO expect VALUES ('percent', cache_clear('a%'), 1);
INSERT INTO expect VALUES ('underscore', cache_clear('a_'), 1);
INSERT INTO expect VALUES ('star', cache_clear('a*'), 1);
INSERT INTO expect VALUES ('bracket', cache_clear('a['), 1);
INSERT INTO expect VALUES ('question mark', cache_clear('a?'), 1);
INSERT INTO expect VALUES ('the plain one is left', cache_has('axb'), 1);
INSERT INTO expect VALUES ('a number is its text', cache_clear(42), 2);
INSERT INTO expect VALUES ('4 is left', cache_has(4), 1);
INSERT INTO expect VALUES ('letters of two bytes', cache_clear('ä'), 2);
INSERT INTO expect VALUES ('the next letter is left', cache_has('å'), 1);
INSERT INTO expect VALUES ('NUL inside', cache_clear('n' || char(0)), 2);
INSERT INTO expect VALUES ('before the NUL', cache_has('n'), 1);

-- The last keys of the range, after which there is no other beginning.
INSERT INTO expect VALUES ('the last character', cache_clear(char(0x10ffff)), 2);
INSERT INTO expect VALUES ('BLOB', cache_clear(x'757365723a'), 2);
INSERT INTO expect VALUES ('the last byte, twice', cache_clear(x'ffff'), 1);
INSERT INTO expect VALUES ('the last byte', cache_clear(x'ff'), 2);
INSERT INTO expect VALUES ('BLOBs before it', cache_has(x'fe'), 1);

-- Each text begins with the empty text, and each BLOB with the empty BLOB.
INSERT INTO expect VALUES ('the empty BLOB', cache_clear(x''), 2);
INSERT INTO expect VALUES ('texts are left', (SELECT count(*) FROM kv_cache), 8);
SELECT cache_set(x'00', 1);
INSERT INTO expect VALUES ('the empty text', cache_clear(''), 8);
INSERT INTO expect VALUES ('BLOBs are left', cache_has(x'00'), 1);
INSERT INTO expect VALUES ('everything', cache_clear(), 1);
INSERT INTO expect VALUES ('nothing is left', cache_clear(), 0);

-- Dead rows are not counted, but they go.
SELECT cache_set('d:1', 1, 10), cache_set('d:2', 1, 20), cache_set('e:1', 1, 10), cache_set('e:2', 1, 20);
SELECT kv_clock(1010);
INSERT INTO expect VALUES ('live ones', cache_clear('d:'), 1);
INSERT INTO expect VALUES ('the dead one too', cache_stale('d:1'), NULL);
INSERT INTO expect VALUES ('live ones of all', cache_clear(), 1);
INSERT INTO expect VALUES ('no row is left', (SELECT count(*) FROM larder_cache), 0);
