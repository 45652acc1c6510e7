-- What is written in a transaction is read in it, and gone with it.
.separator ,
SELECT cache_set('a', 1), ledger_mark('a');
--> 1,1
BEGIN;
SELECT cache_set('a', 2), ledger_mark('b'), ledger_forget('default', 'a');
--> 2,1,1
SELECT cache_get('a'), ledger_seen('a'), ledger_seen('b');
--> 2,0,1
SAVEPOINT s;
SELECT cache_set('a', 3), cache_del('a'), cache_add('c', 4);
--> 3,1,1
SELECT cache_get('a'), cache_has('c');
--> ,1
ROLLBACK TO s;
SELECT cache_get('a'), cache_has('c');
--> 2,0
SELECT kv_config('sweep.per_insert', 9);
--> 9
ROLLBACK;
SELECT cache_get('a'), ledger_seen('a'), ledger_seen('b'), kv_config('sweep.per_insert');
--> 1,1,0,2
