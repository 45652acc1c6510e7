-- PRAGMA query_only: reads work, with tables and without; writes are refused and leave the file alone, its journal mode included.
.separator ,
PRAGMA query_only = ON;
SELECT cache_get('a', 'miss'), ledger_seen('a'), checkpoint_get('a', 'none'), kv_sweep();
--> miss,0,none,0
SELECT cache_set('a', 1);
--> Error: cache_set: attempt to write a readonly database (8)
PRAGMA journal_mode;
--> delete
PRAGMA query_only = OFF;
SELECT cache_set('a', 1), ledger_mark('a'), checkpoint_set('a', 1);
--> 1,1,1
PRAGMA query_only = ON;
SELECT cache_get('a'), ledger_seen('a'), checkpoint_get('a'), (SELECT count(*) FROM kv_cache);
--> 1,1,1,1
SELECT ledger_mark('a');
--> 0
SELECT cache_set('a', 2);
--> Error: cache_set: attempt to write a readonly database (8)
SELECT cache_del('a');
--> Error: cache_del: attempt to write a readonly database (8)
SELECT cache_get('a', NULL, 60), cache_get('b', NULL, 60);
--> Error: cache_get: attempt to write a readonly database (8)
SELECT cache_get('b', NULL, 60);
--> Error: cache_get: attempt to write a readonly database (8)
SELECT cache_clear_tag('t');
--> Error: cache_clear_tag: attempt to write a readonly database (8)
SELECT rate_take('r', 1, '1s');
--> Error: rate_take: attempt to write a readonly database (8)
SELECT checkpoint_advance('a', 2);
--> Error: checkpoint_advance: attempt to write a readonly database (8)
SELECT ledger_mark('b');
--> Error: ledger_mark: attempt to write a readonly database (8)
INSERT INTO kv_cache(key, value) VALUES ('b', 1);
--> Error: attempt to write a readonly database (8)
DELETE FROM kv_cache;
--> Error: attempt to write a readonly database (8)
SELECT kv_config('sweep.per_insert', 5);
--> Error: kv_config: attempt to write a readonly database (8)
SELECT cache_get('a'), ledger_seen('b');
--> 1,0
