-- OR makes SQLite scan a table once for each side and join the rows by their key: no row may get lost.
SELECT ledger_mark(l.value, i.value) FROM json_each('["a", "b", "c"]') AS l, json_each('["0", "1", "2"]') AS i;
SELECT checkpoint_set(value, value) FROM json_each('["a", "b", "c"]');
SELECT cache_set(value, value) FROM json_each('["a", "b", "c"]');
INSERT INTO expect SELECT 'kv_ledger', group_concat(ledger || id), 'a1,b2' FROM
  (SELECT * FROM kv_ledger WHERE (ledger = 'a' AND id = '1') OR (ledger = 'b' AND id = '2') ORDER BY ledger);
INSERT INTO expect SELECT 'kv_checkpoint', count(*), 3 FROM kv_checkpoint
WHERE name = 'a' OR (name = 'b' AND value = 'b') OR (name = 'c' AND value = 'c');
INSERT INTO expect SELECT 'kv_progress', count(*), 2 FROM kv_progress WHERE ledger = 'a' OR (ledger = 'b' AND done = 3);
INSERT INTO expect SELECT 'kv_cache', count(*), 3 FROM kv_cache WHERE key = 'a' OR (key > 'a' AND key < 'c') OR (key = 'c' AND value = 'c');
