-- Each operation treats a row whose deadline is this very moment as one that is not there.
SELECT kv_clock(1000);
SELECT cache_set(k.value, 1, 10)
FROM json_each('["get", "has", "ttl", "add", "replace", "cas", "incr", "touch", "pop", "del", "del if equal", "set"]') AS k;
SELECT cache_set('clear:a', 1, 10), cache_set('clear:b', 1, 11);

-- A millisecond before it, all are alive.
SELECT kv_clock(1009.999);
INSERT INTO expect SELECT 'alive: ' || key, value, 1 FROM kv_cache;
INSERT INTO expect VALUES ('how many are alive', (SELECT count(*) FROM kv_cache), 14);
INSERT INTO expect VALUES ('the last millisecond', cache_ttl('get'), 0.001);

SELECT kv_clock(1010);
INSERT INTO expect VALUES ('get', cache_get('get', 'gone'), 'gone');
INSERT INTO expect VALUES ('has', cache_has('has'), 0);
INSERT INTO expect VALUES ('ttl', cache_ttl('ttl'), NULL);
INSERT INTO expect VALUES ('replace', cache_replace('replace', 2), 0);
INSERT INTO expect VALUES ('cas', cache_cas('cas', 1, 2), 0);
INSERT INTO expect VALUES ('touch', cache_touch('touch', 60), 0);
INSERT INTO expect VALUES ('pop', cache_pop('pop', 'gone'), 'gone');
INSERT INTO expect VALUES ('del', cache_del('del'), 0);
INSERT INTO expect VALUES ('del if equal', cache_del('del if equal', 1), 0);
INSERT INTO expect VALUES ('clear', cache_clear('clear:'), 1);
INSERT INTO expect VALUES ('table', (SELECT group_concat(key) FROM kv_cache), NULL);
INSERT INTO expect VALUES ('table by key', (SELECT count(*) FROM kv_cache WHERE key = 'get'), 0);
INSERT INTO expect VALUES ('table by expiry', (SELECT count(*) FROM kv_cache WHERE expires_at <= 1010), 0);

-- What creates takes the place of a dead row, as if there were none.
INSERT INTO expect VALUES ('add', cache_add('add', 2, 20), 1);
INSERT INTO expect VALUES ('incr starts over', cache_incr('incr', 5, 20), 5);
INSERT INTO expect VALUES ('incr takes the ttl', cache_ttl('incr'), 20.0);
INSERT INTO expect VALUES ('set', cache_set('set', 2, 20), 2);
INSERT INTO expect VALUES ('alive again', (SELECT group_concat(key || '=' || value) FROM (SELECT * FROM kv_cache ORDER BY key)),
  'add=2,incr=5,set=2');

-- Nothing brought a dead row back.
INSERT INTO expect VALUES ('replace did nothing', cache_has('replace'), 0);
INSERT INTO expect VALUES ('touch did nothing', cache_has('touch'), 0);
