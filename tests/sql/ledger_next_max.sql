-- Several jobs at once: an array of up to max, in their order.
SELECT kv_clock(1000);
INSERT INTO expect VALUES ('none', ledger_next('work', 60, NULL, 3), '[]'), ('still none', ledger_next('work', 60, NULL, 3), '[]'), ('NULL is as left out', ledger_next('work', 60, NULL, NULL), NULL);
INSERT INTO kv_ledger(ledger, id, payload) VALUES ('work', 'a', 1.5), ('work', 'b', 'x"y'), ('work', 'c', NULL), ('work', 'd', x'00ff');
INSERT INTO expect VALUES ('two', ledger_next('work', 60, 'me', 2), '[{"id":"a","token":2,"payload":1.5,"attempt":1},{"id":"b","token":3,"payload":"x\"y","attempt":1}]'),
  ('an array of one', ledger_next('work', 60, 'me', '1'), '[{"id":"c","token":4,"payload":null,"attempt":1}]'),
  ('what is left', ledger_next('work', 60, 'me', 1000000000), '[{"id":"d","token":5,"payload":"00FF","attempt":1}]'),
  ('nothing is', ledger_next('work', 60, 'me', 9223372036854775807), '[]');
INSERT INTO expect SELECT 'claimed', group_concat(status || owner || lease_until, ','), 'claimedme1060.0,claimedme1060.0,claimedme1060.0,claimedme1060.0' FROM kv_ledger;
INSERT INTO expect SELECT 'done', sum(ledger_done('work', id, token)), 4 FROM (SELECT id, token FROM kv_ledger WHERE status = 'claimed' ORDER BY id LIMIT 9);

-- The same jobs as one by one.
INSERT INTO kv_ledger(ledger, id, priority) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200) SELECT ledger, i, i * 7 % 5 FROM n, (SELECT 'one' AS ledger UNION SELECT 'many');
CREATE TEMP TABLE one(id);
CREATE TEMP TABLE many(id);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200) INSERT INTO one SELECT json_extract(ledger_next('one', 60), '$.id') FROM n;
INSERT INTO many SELECT json_extract(value, '$.id') FROM json_each(ledger_next('many', 60, NULL, 30));
INSERT INTO many SELECT json_extract(value, '$.id') FROM json_each(ledger_next('many', 60, NULL, 300));
INSERT INTO expect SELECT 'the same', count(*), 200 FROM one JOIN many ON one.rowid = many.rowid WHERE one.id = many.id;

-- A rollback gives all of them back.
INSERT INTO kv_ledger(ledger, id) VALUES ('undone', 1), ('undone', 2);
BEGIN;
SELECT json_array_length(ledger_next('undone', 60, NULL, 5));
ROLLBACK;
INSERT INTO expect SELECT 'pending', pending, 2 FROM kv_progress WHERE ledger = 'undone';

-- Those that had all their attempts become dead on the way, also when they are many.
SELECT kv_config('ledger.max_attempts', 1);
INSERT INTO kv_ledger(ledger, id) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1300) SELECT 'spent', i FROM n;
SELECT json_array_length(ledger_next('spent', 1, NULL, 1300));
SELECT kv_clock(1010);
INSERT INTO kv_ledger(ledger, id) VALUES ('spent', 'fresh');
INSERT INTO kv_ledger(ledger, id, priority) VALUES ('spent', 'first', 1);
INSERT INTO expect SELECT 'the living', group_concat(json_extract(value, '$.id')), 'first' FROM json_each(ledger_next('spent', 60, NULL, 2));
INSERT INTO expect SELECT 'some are dead', dead, 999 FROM kv_progress WHERE ledger = 'spent';
INSERT INTO expect SELECT 'the other', group_concat(json_extract(value, '$.id')), 'fresh' FROM json_each(ledger_next('spent', 60, NULL, 2));
INSERT INTO expect SELECT 'all are dead', dead || ' ' || (SELECT count(DISTINCT error) FROM kv_ledger WHERE status = 'dead'), '1300 1' FROM kv_progress WHERE ledger = 'spent';

-- Those that have been due for long come before those that came later, however many: all of them are let in.
INSERT INTO kv_ledger(ledger, id, claimable_at) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) SELECT 'due', 'old' || i, kv_clock() + 5 FROM n;
SELECT kv_clock(kv_clock() + 3600);
INSERT INTO kv_ledger(ledger, id) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) SELECT 'due', 'new' || i FROM n;
CREATE TEMP TABLE due AS SELECT json_extract(value, '$.id') AS id FROM json_each(ledger_next('due', 60, NULL, 1000));
INSERT INTO due SELECT json_extract(value, '$.id') AS id FROM json_each(ledger_next('due', 60, NULL, 2000));
INSERT INTO due SELECT json_extract(value, '$.id') AS id FROM json_each(ledger_next('due', 60, NULL, 2000));
INSERT INTO expect SELECT 'the old ones, then the new ones', count(*) || ' ' || count(DISTINCT id), '4000 4000' FROM due WHERE id = iif(rowid <= 2000, 'old' || rowid, 'new' || (rowid - 2000));

-- The answer does not grow over 8 MiB, so memory stays bounded; what is not in it is not claimed.
INSERT INTO kv_ledger(ledger, id, payload) SELECT 'large', value, zeroblob(1500000) FROM json_each('[1,2,3,4,5]');
CREATE TEMP TABLE answer AS SELECT ledger_next('large', 60, NULL, 50) AS json;
INSERT INTO expect SELECT 'three of 3 MB each', json_array_length(json) || ' ' || (length(json) > 8 << 20) || ' ' || json_extract(json, '$[2].id'), '3 1 3' FROM answer;
INSERT INTO expect SELECT 'claimed', claimed || ' of ' || total, '3 of 5' FROM kv_progress WHERE ledger = 'large';
INSERT INTO expect SELECT 'the rest', group_concat(json_extract(value, '$.id')), '4,5' FROM json_each(ledger_next('large', 60, NULL, 50));

-- A row that a trigger of yours keeps as it is can be claimed by nobody, and is in nobody's way.
INSERT INTO kv_ledger(ledger, id) VALUES ('kept', 'a'), ('kept', 'b'), ('kept', 'c');
CREATE TRIGGER keeps BEFORE UPDATE ON larder_ledger WHEN old.ledger = 'kept' AND old.id IN ('a', 'c') BEGIN SELECT RAISE(IGNORE); END;
INSERT INTO expect SELECT 'the other', group_concat(json_extract(value, '$.id')), 'b' FROM json_each(ledger_next('kept', 60, NULL, 50));
INSERT INTO expect VALUES ('no more', ledger_next('kept', 60), NULL), ('an empty array', ledger_next('kept', 60, NULL, 5), '[]');
