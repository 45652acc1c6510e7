-- A call that fails leaves everything as it was, and the caller's transaction open.
.separator ,
SELECT kv_clock(1000);
--> 1000.0
SELECT cache_set('n', 9223372036854775807, 60), cache_set('t', 'text');
--> 9223372036854775807,text
SELECT cache_incr('n');
--> Error: cache_incr: integer overflow: 9223372036854775807 + 1
SELECT cache_incr('t');
--> Error: cache_incr: the value must be a number; it is 'text'
SELECT cache_set('t', 2, 'soon');
--> Error: cache_set: ttl must be a number of seconds, a text such as '15m', or NULL; got 'soon'
SELECT cache_touch('n', 'soon');
--> Error: cache_touch: ttl must be a number of seconds, a text such as '15m', or NULL; got 'soon'
SELECT cache_get('n'), cache_ttl('n'), cache_get('t');
--> 9223372036854775807,60.0,text
BEGIN;
SELECT cache_set('in', 1);
--> 1
SELECT cache_incr('t');
--> Error: cache_incr: the value must be a number; it is 'text'
SELECT cache_get('in');
--> 1
COMMIT;
SELECT cache_get('in');
--> 1
-- One bad row of many: none is stored.
INSERT INTO kv_cache(key, value, ttl) VALUES ('x', 1, 5), ('y', 2, 'soon'), ('z', 3, 5);
--> Error: kv_cache: ttl must be a number of seconds, a text such as '15m', or NULL; got 'soon'
INSERT INTO kv_cache(key, value) VALUES ('x', 1), ('in', 2);
--> Error: UNIQUE constraint failed: kv_cache.key (19)
UPDATE kv_cache SET value = 'changed', ttl = CASE key WHEN 't' THEN 'soon' ELSE 5 END;
--> Error: kv_cache: ttl must be a number of seconds, a text such as '15m', or NULL; got 'soon'
SELECT group_concat(key || '=' || value) FROM (SELECT key, value FROM kv_cache ORDER BY key);
--> in=1,n=9223372036854775807,t=text
-- FAIL keeps the rows before the bad one, as on any table; ROLLBACK ends the transaction.
INSERT OR FAIL INTO kv_cache(key, value) VALUES ('x', 1), ('in', 2), ('z', 3);
--> Error: UNIQUE constraint failed: kv_cache.key (19)
SELECT cache_has('x'), cache_get('in'), cache_has('z');
--> 1,1,0
BEGIN;
SELECT cache_set('open', 1);
--> 1
INSERT OR ROLLBACK INTO kv_cache(key, value) VALUES ('in', 2);
--> Error: UNIQUE constraint failed: kv_cache.key (19)
SELECT cache_has('open');
--> 0
COMMIT;
--> Error: cannot commit - no transaction is active
