-- A number is its text as a key, whatever column it comes from; ranges against numbers are what they are on any table.
CREATE TABLE n(i INTEGER, r REAL);
INSERT INTO n VALUES (42, 42.0), (7, 7.0);
SELECT ledger_mark('l', 42.0), cache_set(42, 'x'), cache_set('042', 'y'), cache_set('10', 'z');
INSERT INTO expect SELECT 'left to do, by REAL', group_concat(r), '7.0' FROM n
WHERE NOT EXISTS (SELECT 1 FROM kv_ledger WHERE ledger = 'l' AND id = n.r AND status = 'done');
INSERT INTO expect SELECT 'left to do, by INTEGER', group_concat(i), '7' FROM n
WHERE NOT EXISTS (SELECT 1 FROM kv_ledger WHERE ledger = 'l' AND id = n.i AND status = 'done');
INSERT INTO expect SELECT 'join by REAL', count(*), 1 FROM n JOIN kv_cache ON key = n.r;
INSERT INTO expect SELECT 'greater than a number', group_concat(key), (SELECT group_concat(key) FROM (SELECT key FROM larder_cache WHERE key > CAST(9 AS INTEGER) ORDER BY key))
FROM (SELECT key FROM kv_cache WHERE key > CAST(9 AS INTEGER) ORDER BY key);
INSERT INTO expect SELECT 'between numbers', count(*), (SELECT count(*) FROM larder_cache WHERE key BETWEEN CAST(9 AS INTEGER) AND CAST(42 AS INTEGER))
FROM kv_cache WHERE key BETWEEN CAST(9 AS INTEGER) AND CAST(42 AS INTEGER);
