-- A file that a newer Larder wrote: reading works, writing is refused.
.separator ,
.system echo ".load $LARDER" >load.sql
SELECT cache_set('a', 1), ledger_mark('a'), checkpoint_set('a', 1), kv_config('cache.default_ttl', 60);
--> 1,1,1,60.0
UPDATE larder_meta SET value = 99 WHERE name = 'schema';
ALTER TABLE larder_lease ADD COLUMN of_a_later_version;
CREATE TABLE larder_later(name);
.open test.db
.read load.sql
SELECT cache_get('a'), ledger_seen('a'), checkpoint_get('a'), kv_config('cache.default_ttl'), (SELECT count(*) FROM kv_cache);
--> 1,1,1,60.0,1
SELECT cache_set('a', 2);
--> Error: cache_set: the larder_ tables in this database have version 99, this Larder knows version 2 and will not write to them
SELECT ledger_mark('b');
--> Error: ledger_mark: the larder_ tables in this database have version 99, this Larder knows version 2 and will not write to them
SELECT checkpoint_del('a');
--> Error: checkpoint_del: the larder_ tables in this database have version 99, this Larder knows version 2 and will not write to them
SELECT kv_config('cache.default_ttl', 1);
--> Error: kv_config: the larder_ tables in this database have version 99, this Larder knows version 2 and will not write to them
SELECT kv_sweep();
--> Error: kv_sweep: the larder_ tables in this database have version 99, this Larder knows version 2 and will not write to them
DELETE FROM kv_cache;
--> Error: kv_cache: the larder_ tables in this database have version 99, this Larder knows version 2 and will not write to them
SELECT cache_get('a'), (SELECT value FROM larder_meta WHERE name = 'schema');
--> 1,99
