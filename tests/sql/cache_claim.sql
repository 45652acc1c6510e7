-- Who misses first recomputes; the others are told that somebody does.
INSERT INTO expect VALUES ('a reader makes no tables', cache_stale('a'), NULL);
SELECT kv_clock(1000);
INSERT INTO expect VALUES ('the first', cache_claim('a', 10), 1), ('the second', cache_claim('a', 10), 0), ('another key', cache_claim('b', '10s'), 1);
-- What is claimed and has no value yet is nobody's to see.
INSERT INTO expect VALUES
  ('get', cache_get('a', 'miss'), 'miss'), ('has', cache_has('a'), 0), ('ttl', cache_ttl('a'), NULL), ('stale', cache_stale('a'), NULL),
  ('stale, any', cache_stale('a', NULL), NULL), ('touch', cache_touch('a', 60), 0), ('replace', cache_replace('a', 1), 0), ('cas', cache_cas('a', NULL, 1), 0),
  ('del', cache_del('a'), 0), ('pop', cache_pop('a', 'miss'), 'miss'), ('table', (SELECT count(*) FROM kv_cache), 0),
  ('dead', (SELECT value FROM kv_stats WHERE name = 'dead'), 0), ('entries', (SELECT value FROM kv_stats WHERE name = 'entries'), 0),
  ('expiring', (SELECT count(*) FROM kv_cache WHERE expires_at < 5000), 0);
INSERT INTO expect VALUES ('a sweep leaves it', kv_sweep(), 0), ('still claimed', cache_claim('a', 10), 0);
-- The value ends the claim.
SELECT cache_set('a', 'one', 60);
INSERT INTO expect VALUES ('stored', cache_get('a'), 'one'), ('for as long as it says', cache_ttl('a'), 60.0),
  ('sweep_at is exact', (SELECT sweep_at FROM larder_cache WHERE key = 'a'), 1060.0),
  ('no claim is left', (SELECT claimed_until FROM larder_cache WHERE key = 'a'), NULL);
-- A value that is there can be claimed ahead of its end, and is served meanwhile.
INSERT INTO expect VALUES ('ahead', cache_claim('a', 100), 1), ('only once', cache_claim('a', 100), 0), ('served', cache_get('a'), 'one'), ('touched', cache_touch('a', 70), 1), ('touch keeps it', cache_claim('a', 1), 0);
SELECT kv_clock(1080);
INSERT INTO expect VALUES ('dead', cache_get('a'), NULL), ('stale', cache_stale('a'), 'one'), ('a sweep leaves it', kv_sweep() + cache_has('a'), 1), ('stale still', cache_stale('a'), 'one');
-- (The one row swept is the placeholder of b, whose claim ended at 1010.)
INSERT INTO expect VALUES ('rows', (SELECT group_concat(key) FROM larder_cache), 'a');
-- Whoever claimed was killed: at the end of the claim the next one may.
SELECT kv_clock(1099.999);
INSERT INTO expect VALUES ('not yet', cache_claim('a', 10), 0);
SELECT kv_clock(1100);
INSERT INTO expect VALUES ('the next', cache_claim('a', 10), 1);
SELECT kv_clock(1110);
INSERT INTO expect VALUES ('and then a sweep takes it', kv_sweep(), 1), ('gone', cache_stale('a'), NULL);
-- Everything that stores a value ends the claim.
SELECT cache_set('there', 1), cache_set('cas', 1), cache_set('incr', 1), cache_set('update', 1);
INSERT INTO expect SELECT 'claim ' || value, cache_claim(value, 100), 1 FROM json_each('["set", "add", "there", "cas", "incr", "incr absent", "insert", "replace", "update"]');
SELECT cache_set('set', 2), cache_add('add', 2), cache_replace('there', 2), cache_cas('cas', 1, 2), cache_incr('incr'), cache_incr('incr absent', 2);
INSERT INTO kv_cache(key, value) VALUES ('insert', 2);
INSERT OR REPLACE INTO kv_cache(key, value) VALUES ('replace', 2);
UPDATE kv_cache SET value = 2 WHERE key = 'update';
INSERT INTO expect SELECT 'stored by ' || key, value, 2 FROM kv_cache;
INSERT INTO expect VALUES ('all of them', (SELECT count(*) FROM kv_cache), 9), ('no claim', (SELECT count(*) FROM larder_cache WHERE claimed_until IS NOT NULL), 0);
-- What removes an entry ends its claim with it.
SELECT cache_claim('set', 100), cache_claim('add', 100), cache_claim('cas', 100), cache_claim('new', 100), cache_claim('incr', 100), cache_claim('update', 100);
SELECT cache_del('set'), cache_pop('add'), cache_clear('n'), cache_set('cas', 1, 0), cache_touch('incr', 0);
DELETE FROM kv_cache WHERE key = 'update';
INSERT INTO expect SELECT 'again ' || value, cache_claim(value, 100), 1 FROM json_each('["set", "add", "cas", "new", "incr", "update"]');
-- A claim without an end lasts until the value comes.
INSERT INTO expect VALUES ('for ever', cache_claim('ever', NULL), 1);
SELECT kv_clock(1e12);
INSERT INTO expect VALUES ('ages later', cache_claim('ever', 1), 0);
SELECT cache_set('ever', 1);
INSERT INTO expect VALUES ('not any more', cache_claim('ever', 1), 1);
-- The rule of sql/schema/cache.sql.
INSERT INTO expect VALUES ('sweep_at', (SELECT count(*) FROM larder_cache WHERE (sweep_at IS NULL) <> (expires_at IS NULL) OR sweep_at > expires_at), 0);
