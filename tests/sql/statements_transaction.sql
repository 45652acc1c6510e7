-- A call joins the transaction or savepoint it is in. (What is read inside one that is rolled back: transcript/transaction_reads_itself.sql.
-- An assertion would be rolled back with it.)
SELECT cache_set('a', 1), ledger_mark('a'), checkpoint_set('a', 1);
BEGIN;
SELECT cache_set('a', 2), cache_set('b', 2), ledger_mark('b'), ledger_forget('default', 'a'), checkpoint_advance('a', 2);
ROLLBACK;
INSERT INTO expect VALUES ('rolled back', cache_get('a') || cache_has('b') || ledger_seen('a') || ledger_seen('b') || checkpoint_get('a'), '10101');
BEGIN IMMEDIATE;
SELECT cache_set('a', 3);
SAVEPOINT one;
SELECT cache_set('a', 4), cache_set('c', 4), ledger_mark('c');
SAVEPOINT two;
SELECT cache_set('a', 5), cache_del('c');
ROLLBACK TO two;
RELEASE two;
ROLLBACK TO one;
INSERT INTO expect VALUES ('after one', cache_get('a') || cache_has('c') || ledger_seen('c'), '300');
SELECT cache_set('d', 6);
RELEASE one;
COMMIT;
INSERT INTO expect VALUES ('committed', cache_get('a') || cache_get('d') || cache_has('c'), '360');
-- A savepoint without BEGIN, and one whose name is the one that Larder itself uses.
SAVEPOINT larder;
SELECT cache_set('e', 1);
INSERT INTO kv_cache(key, value) VALUES ('f', 1);
ROLLBACK TO larder;
SELECT cache_set('g', 1);
RELEASE larder;
INSERT INTO expect VALUES ('its name is its own', cache_has('e') || cache_has('f') || cache_has('g'), '001');
