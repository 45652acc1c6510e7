-- No more entries than cache.max_entries: what is stored makes room, dead ones first, and is itself never removed.
CREATE TEMP VIEW keys AS SELECT coalesce(group_concat(key, ' '), '') AS list FROM (SELECT key FROM larder_cache ORDER BY id);
SELECT kv_clock(1000);
INSERT INTO expect VALUES ('no limit', kv_config('cache.max_entries'), NULL), ('a limit', kv_config('cache.max_entries', 3), 3);
SELECT cache_set('a', 1), cache_set('b', 2, 10), cache_set('c', 3);
INSERT INTO expect VALUES ('as many as fit', (SELECT list FROM keys), 'a b c'), ('an overwrite needs no room', cache_set('a', 4), 4), ('all there', (SELECT list FROM keys), 'a b c');
SELECT kv_clock(1010);
SELECT cache_set('d', 5);
INSERT INTO expect VALUES ('the dead one went', (SELECT list FROM keys), 'a c d');
SELECT kv_clock(1011), cache_set('e', 6), kv_clock(1012), cache_set('f', 7), kv_clock(1013), cache_set('g', 8);
INSERT INTO expect VALUES ('the oldest went', (SELECT list FROM keys), 'e f g');
INSERT INTO expect VALUES ('evictions', (SELECT value FROM kv_stats WHERE name = 'evictions'), 3);

-- Every way to store.
SELECT kv_config('cache.max_entries', 1);
INSERT INTO expect VALUES ('at once', (SELECT list FROM keys), 'g');
INSERT INTO expect VALUES ('add', cache_add('h', 1), 1), ('alone', (SELECT list FROM keys), 'h'), ('incr', cache_incr('i'), 1), ('alone', (SELECT list FROM keys), 'i'),
  ('claim', cache_claim('j', 5), 1), ('alone', (SELECT list FROM keys), 'j'), ('set', cache_set('k', NULL), NULL), ('alone', (SELECT list FROM keys), 'k');
INSERT INTO kv_cache(key, value) VALUES ('l', 1), ('m', 2);
INSERT INTO expect VALUES ('the last of several', (SELECT list FROM keys), 'm');
INSERT OR REPLACE INTO kv_cache(key, value) SELECT 'n' || value, value FROM generate_series(1, 100);
INSERT INTO expect VALUES ('and of many', (SELECT list FROM keys), 'n100');
BEGIN;
SELECT cache_set('o', 1);
INSERT INTO expect VALUES ('in a transaction', (SELECT list FROM keys), 'o');
ROLLBACK;
INSERT INTO expect VALUES ('not in a transaction', (SELECT list FROM keys), 'n100');
CREATE TEMP TABLE t(x);
INSERT INTO t SELECT cache_set('p' || value, value) FROM generate_series(1, 5);
INSERT INTO expect VALUES ('in an INSERT ... SELECT', (SELECT list FROM keys), 'p5'), ('whose rows are there', (SELECT count(*) FROM t), 5);
SELECT kv_config('cache.max_entries', NULL);
SELECT cache_set('q', 1), cache_set('r', 1);
INSERT INTO expect VALUES ('no limit again', (SELECT list FROM keys), 'p5 q r'), ('no trigger is left', (SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'), 0),
  ('and no count', (SELECT count(*) FROM larder_meta WHERE name GLOB 'cache.*'), 0);
