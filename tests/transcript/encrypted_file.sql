-- A file with a key, which SQLCipher encrypts (SQLite ignores the key). The key must come before anything is read, and so before Larder is loaded.
.system printf ".output /dev/null\nPRAGMA key = 'secret';\n.output stdout\n.load $LARDER\n" >load.sql
.open secret.db
.read load.sql
SELECT cache_set('a', 'one'), ledger_mark('b'), checkpoint_set('c', 1), cache_get('a');
--> one|1|1|one
CREATE TABLE item(id);
BEGIN;
INSERT INTO item SELECT value FROM json_each('[1, 2, 3]') WHERE ledger_mark('items', value);
ROLLBACK;
SELECT ledger_seen('items', 1), count(*) FROM item;
--> 0|0
.system "$SQLITE3" -cmd ".read load.sql" secret.db "SELECT cache_set('a', 'two'), ledger_mark('b')"
--> two|0
SELECT cache_get('a'), cache_get('a');
--> two|two
.open secret.db
.read load.sql
SELECT cache_get('a'), ledger_mark('b'), checkpoint_get('c');
--> two|0|1
SELECT name, message FROM kv_check WHERE status <> 'ok';
PRAGMA journal_mode;
--> wal
PRAGMA integrity_check;
--> ok
