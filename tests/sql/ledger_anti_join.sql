-- What is still to do: items for which the ledger has no done row. With 20,000 ids marked, finding that out for five items may not
-- read them all (see kv_cache_uses_indexes.sql).
CREATE TABLE items(id INTEGER PRIMARY KEY);
INSERT INTO items VALUES (1), (2), (3), (19999), (30000);
BEGIN;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
SELECT count(ledger_mark('import', i)) FROM n;
COMMIT;
SELECT ledger_forget('import', 2);
INSERT INTO larder_ledger(ledger, id, status, created_at) VALUES ('import', '2', 'skipped', 1);
CREATE TEMP TABLE got(id);
.progress 3000 --limit 1
INSERT INTO got
SELECT i.id FROM items AS i
WHERE NOT EXISTS (SELECT 1 FROM kv_ledger WHERE ledger = 'import' AND id = i.id AND status = 'done');
.progress 0
INSERT INTO expect VALUES ('skipped is not done', (SELECT group_concat(id) FROM got), '2,30000');
-- Plain SQL over the table itself is as good.
INSERT INTO expect VALUES ('plain', (SELECT group_concat(id) FROM items AS i
  WHERE NOT EXISTS (SELECT 1 FROM larder_ledger WHERE ledger = 'import' AND id = CAST(i.id AS TEXT) AND status = 'done')), '2,30000');
INSERT INTO expect VALUES ('or the function', (SELECT group_concat(id) FROM items WHERE NOT ledger_seen('import', id)), '2,30000');
