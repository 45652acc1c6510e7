-- Which queries on the ledger tables and kv_checkpoint the primary keys answer.
CREATE TABLE items(id);
.eqp on
SELECT result FROM kv_ledger WHERE ledger = 'import' AND id = 'a';
--> QUERY PLAN
--> `--SCAN kv_ledger VIRTUAL TABLE INDEX ledger=? AND id=?
SELECT result FROM kv_ledger WHERE ledger = 'import';
--> QUERY PLAN
--> `--SCAN kv_ledger VIRTUAL TABLE INDEX ledger=?
SELECT result FROM kv_ledger WHERE id = 'a';
--> QUERY PLAN
--> `--SCAN kv_ledger VIRTUAL TABLE INDEX all
SELECT i.* FROM items AS i WHERE NOT EXISTS (SELECT 1 FROM kv_ledger WHERE ledger = 'import' AND id = i.id AND status = 'done');
--> QUERY PLAN
--> |--SCAN i
--> `--CORRELATED SCALAR SUBQUERY 1
-->    `--SCAN kv_ledger VIRTUAL TABLE INDEX ledger=? AND id=?
SELECT bar FROM kv_progress WHERE ledger = 'import';
--> QUERY PLAN
--> `--SCAN kv_progress VIRTUAL TABLE INDEX ledger=?
SELECT value FROM kv_checkpoint WHERE name = 'orders';
--> QUERY PLAN
--> `--SCAN kv_checkpoint VIRTUAL TABLE INDEX name=?
