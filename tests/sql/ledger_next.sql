-- The next one in line, claimed: first come, first served.
SELECT kv_clock(1000);
INSERT INTO expect VALUES ('nothing yet', ledger_next('work', 60), NULL);
SELECT ledger_add('work', 'b', 'two'), ledger_add('work', 'a', 2), ledger_add('work', 'c');
SELECT kv_clock(999);
SELECT ledger_add('other', 'x');
SELECT kv_clock(1001);
SELECT ledger_add('work', 'later');
INSERT INTO expect VALUES
  -- Added within one millisecond, and still in the order in which they were added.
  ('first', ledger_next('work', 60, 'me'), '{"id":"b","token":2,"payload":"two","attempt":1}'),
  ('second', json_extract(ledger_next('work', '1m'), '$.id'), 'a'), ('third', json_extract(ledger_next('work', 60), '$.id'), 'c'),
  ('fourth', json_extract(ledger_next('work', 60), '$.id'), 'later'), ('no more', ledger_next('work', 60), NULL), ('still', ledger_next('work', 60), NULL),
  ('another ledger is another line', json_extract(ledger_next('other', 60), '$.id'), 'x'), ('no such ledger', ledger_next('nobody', 60), NULL);
INSERT INTO expect VALUES
  ('claimed', (SELECT status || ' ' || owner || ' ' || token || ' ' || lease_until || ' ' || attempts FROM kv_ledger WHERE id = 'b'), 'claimed me 2 1061.0 1');

-- What is given back goes to the end of the line; what comes later is in line from then on.
SELECT kv_clock(1002);
SELECT ledger_add('work', 'd'), ledger_fail('work', 'b', 2, 'at once'), ledger_fail('work', 'a', 3, 'in ten', 10);
SELECT kv_clock(1003);
SELECT ledger_add('work', 'e');
SELECT kv_clock(1011);
SELECT ledger_add('work', 'f');
-- (In two statements: or SQLite may put the call into both places where its result is used, and claim twice.)
CREATE TEMP TABLE claimed(job);
CREATE TEMP TABLE got(id, attempt);
INSERT INTO claimed SELECT ledger_next('work', 1) FROM json_each('[1, 2, 3, 4, 5]');
INSERT INTO got SELECT json_extract(job, '$.id'), json_extract(job, '$.attempt') FROM claimed;
INSERT INTO expect VALUES ('in line', (SELECT group_concat(id || attempt, ' ') FROM got), 'd1 b2 e1 f1');
-- The four leases ended at 1012, when a may be tried again: all before what is added then.
SELECT kv_clock(1012);
INSERT INTO expect VALUES ('they wait', (SELECT pending FROM kv_progress WHERE ledger = 'work'), 4);
SELECT ledger_add('work', 'g');
SELECT kv_clock(1013);
SELECT ledger_add('work', 'h');
DELETE FROM claimed;
DELETE FROM got;
INSERT INTO claimed SELECT ledger_next('work', 1) FROM json_each('[1, 2, 3, 4, 5, 6, 7, 8]');
INSERT INTO got SELECT json_extract(job, '$.id'), json_extract(job, '$.attempt') FROM claimed;
INSERT INTO expect VALUES
  ('the last one', (SELECT id FROM got WHERE rowid = 7), 'h'), ('seven', (SELECT count(id) FROM got), 7),
  ('those of 1012', (SELECT group_concat(id || attempt, ' ') FROM (SELECT * FROM got WHERE rowid < 7 ORDER BY id)), 'a2 b3 d2 e2 f2 g1');

-- In order of being added also when many are, by one statement or by many in one transaction.
INSERT INTO kv_ledger(ledger, id) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) SELECT 'bulk', i * 7919 % 1009 FROM n;
BEGIN;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) SELECT count(ledger_add('bulk', 'second ' || (i * 499 % 503))) FROM n;
COMMIT;
DELETE FROM got;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1501) INSERT INTO got(id) SELECT json_extract(ledger_next('bulk', 60), '$.id') FROM n;
INSERT INTO expect
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)
SELECT 'bulk in order', (SELECT count(*) FROM n JOIN got ON got.rowid = i + (SELECT min(rowid) FROM got) - 1
  WHERE got.id = CASE WHEN i <= 1000 THEN '' || (i * 7919 % 1009) ELSE 'second ' || ((i - 1000) * 499 % 503) END), 1500;
INSERT INTO expect VALUES ('and one that found nothing', (SELECT count(*) - count(id) FROM got), 1);

-- A lease may be for ever.
SELECT ledger_add('ever', 'a');
INSERT INTO expect VALUES ('for ever', json_extract(ledger_next('ever', NULL), '$.token'), 2);
SELECT kv_clock(9e9);
INSERT INTO expect VALUES ('nobody else gets it', ledger_next('ever', 60), NULL), ('it has no end', (SELECT lease_until FROM kv_ledger WHERE ledger = 'ever'), NULL),
  ('it is claimed', (SELECT status FROM kv_ledger WHERE ledger = 'ever'), 'claimed');
