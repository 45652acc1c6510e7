-- A full disk fails the call with SQLite's own code and loses nothing; reading and removing go on.
.separator ,
SELECT cache_set('a', 1), ledger_mark('a');
--> 1,1
PRAGMA max_page_count = 24;
--> 24
SELECT cache_set('large', zeroblob(1000000));
--> Error: cache_set: database or disk is full (13)
INSERT INTO kv_cache(key, value) VALUES ('large', zeroblob(1000000));
--> Error: kv_cache: database or disk is full (13)
SELECT ledger_mark('l', 'large', zeroblob(1000000));
--> Error: ledger_mark: database or disk is full (13)
SELECT checkpoint_set('large', zeroblob(1000000));
--> Error: checkpoint_set: database or disk is full (13)
SELECT cache_get('a'), cache_has('large'), ledger_seen('a'), ledger_seen('l', 'large'), checkpoint_get('large');
--> 1,0,1,0,
BEGIN;
SELECT cache_set('b', 2);
--> 2
SELECT cache_set('large', zeroblob(1000000));
--> Error: cache_set: database or disk is full (13)
-- As after any full disk, SQLite has rolled back the transaction.
ROLLBACK;
--> Error: cannot rollback - no transaction is active
SELECT cache_del('a'), cache_set('c', 3), cache_get('c');
--> 1,3,3
PRAGMA integrity_check;
--> ok
