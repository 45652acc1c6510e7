-- A limit that another connection sets or lifts holds for the next write of this one.
SELECT cache_set('a' || value, value) FROM generate_series(1, 10);
SELECT cache_get('a1'), cache_get('a1'), cache_get('a1');
.system LD_PRELOAD="$LARDER_PRELOAD" "$SQLITE3" -batch -init /dev/null -cmd ".load $LARDER" test.db "SELECT kv_config('cache.max_entries', 4)" >/dev/null
SELECT cache_set('b', 1);
INSERT INTO expect VALUES ('held', (SELECT count(*) FROM larder_cache), 4), ('what was written is there', cache_get('b'), 1);
SELECT cache_set('c' || value, 1) FROM generate_series(1, 10);
INSERT INTO expect VALUES ('and on', (SELECT count(*) FROM larder_cache), 4);
.system LD_PRELOAD="$LARDER_PRELOAD" "$SQLITE3" -batch -init /dev/null -cmd ".load $LARDER" test.db "SELECT kv_config('cache.max_entries', 6)" >/dev/null
SELECT cache_set('d1', 1), cache_set('d2', 1), cache_set('d3', 1);
INSERT INTO expect VALUES ('another', (SELECT count(*) FROM larder_cache), 6);
.system LD_PRELOAD="$LARDER_PRELOAD" "$SQLITE3" -batch -init /dev/null -cmd ".load $LARDER" test.db "SELECT kv_config('cache.max_entries', NULL)" >/dev/null
SELECT cache_set('e' || value, 1) FROM generate_series(1, 10);
INSERT INTO expect VALUES ('none', (SELECT count(*) FROM larder_cache), 16);
-- What is evicted is gone from memory, too.
.system LD_PRELOAD="$LARDER_PRELOAD" "$SQLITE3" -batch -init /dev/null -cmd ".load $LARDER" test.db "SELECT kv_config('cache.max_entries', 2)" >/dev/null
SELECT cache_set('x', 1), cache_get('x'), cache_get('x'), cache_get('x');
SELECT kv_clock(5e9), cache_set('y', 1), kv_clock(5e9 + 1), cache_set('z', 1);
INSERT INTO expect VALUES ('evicted', cache_get('x'), NULL), ('not there', (SELECT count(*) FROM larder_cache WHERE key = 'x'), 0);
-- What is dead goes before what is alive, also when another connection stored it just now.
SELECT kv_config('cache.max_entries', NULL), kv_config('cache.policy', 'fifo'), cache_clear(), kv_config('cache.max_entries', 3);
SELECT cache_set('live1', 1), cache_set('live2', 1);
.system LD_PRELOAD="$LARDER_PRELOAD" "$SQLITE3" -batch -init /dev/null -cmd ".load $LARDER" test.db "SELECT kv_clock(1000), cache_set('dead', 1, 5)" >/dev/null
SELECT cache_set('new', 1);
INSERT INTO expect VALUES ('dead first', (SELECT group_concat(key) FROM (SELECT key FROM larder_cache ORDER BY key)), 'live1,live2,new');
-- A policy that another sets holds at once, also where there is no limit yet.
SELECT kv_config('cache.max_entries', NULL), kv_config('cache.policy', 'lru'), kv_clock(1000), cache_clear();
SELECT cache_set('a', 1, 10), cache_set('b', 2), cache_set('c', 3), kv_clock(2000);
.system LD_PRELOAD="$LARDER_PRELOAD" "$SQLITE3" -batch -init /dev/null -cmd ".load $LARDER" test.db "SELECT kv_config('cache.policy', 'fifo')" >/dev/null
SELECT cache_set('a', 1);
SELECT kv_config('cache.max_entries', 2);
INSERT INTO expect VALUES ('stored anew, last', (SELECT group_concat(key) FROM (SELECT key FROM larder_cache ORDER BY key)), 'a,c');
-- And for a statement that is compiled only then, and so meets the new schema unawares.
SELECT kv_config('cache.max_entries', NULL), kv_config('cache.policy', 'lru'), cache_clear();
SELECT cache_set('a', 1), cache_set('b', 2), cache_set('c', 3);
.system LD_PRELOAD="$LARDER_PRELOAD" "$SQLITE3" -batch -init /dev/null -cmd ".load $LARDER" test.db "SELECT kv_config('cache.max_entries', 2)" >/dev/null
SELECT cache_add('d', 1);
INSERT INTO expect VALUES ('added', (SELECT group_concat(key) FROM (SELECT key FROM larder_cache ORDER BY key)), 'c,d');
