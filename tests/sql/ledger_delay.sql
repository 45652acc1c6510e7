-- What is added with a delay waits for its time; then it stands in line since that time.
SELECT kv_clock(1000);
INSERT INTO expect VALUES ('later', ledger_add('work', 'in ten', NULL, 10), 1), ('text', ledger_add('work', 'in a minute', NULL, '1m', 5), 1), ('none', ledger_add('work', 'NULL', NULL, NULL), 1),
  ('less than none', ledger_add('work', 'negative', NULL, '-5s'), 1), ('less than a millisecond', ledger_add('work', 'tiny', NULL, 0.0001), 1), ('known', ledger_add('work', 'in ten', NULL, 0), 0),
  ('ages', ledger_add('ages', 'a', NULL, 1e308), 1);
INSERT INTO expect SELECT 'when', group_concat(id || ' ' || claimable_at, ', '), 'NULL 1000.0, in a minute 1060.0, in ten 1010.0, negative 1000.0, tiny 1000.0' FROM kv_ledger WHERE ledger = 'work';
INSERT INTO expect SELECT 'pending', pending, 5 FROM kv_progress WHERE ledger = 'work';
INSERT INTO expect SELECT 'now', group_concat(json_extract(value, '$.id')), 'NULL,negative,tiny' FROM json_each(ledger_next('work', 300, NULL, 9));
INSERT INTO expect VALUES ('not yet', ledger_next('work', 60), NULL), ('nor by its id', ledger_claim('work', 'in ten', 60), NULL), ('never', ledger_next('ages', 60), NULL);
SELECT kv_clock(1009.999);
INSERT INTO expect VALUES ('still not', ledger_next('work', 60), NULL);
SELECT kv_clock(1020);
SELECT ledger_add('work', 'added at 1020');
INSERT INTO expect VALUES ('since 1010', json_extract(ledger_next('work', 300), '$.id'), 'in ten'), ('then', json_extract(ledger_next('work', 300), '$.id'), 'added at 1020');
-- The clock may go back: who is in line stays there.
SELECT kv_clock(1060), ledger_add('work', 'x');
SELECT json_extract(ledger_next('work', 300), '$.id') = 'in a minute';
SELECT kv_clock(1030);
INSERT INTO expect VALUES ('in line', json_extract(ledger_next('work', 300), '$.id'), 'x');
-- The same for a claim that was given up: who comes late has lost it, whatever the clock.
SELECT ledger_add('back', 'a');
CREATE TEMP TABLE job AS SELECT ledger_next('back', 10) AS json;
SELECT ledger_add('back', 'b');
SELECT kv_clock(1040), json_extract(ledger_next('back', 60), '$.id');
INSERT INTO expect SELECT 'shown', status || ' ' || (owner IS NOT NULL) || ' ' || lease_until || ' ' || claimable_at, 'pending 1 1040.0 1040.0' FROM kv_ledger WHERE ledger = 'back' AND id = 'a';
SELECT kv_clock(1035);
INSERT INTO expect SELECT 'lost', ledger_done('back', 'a', json_extract(json, '$.token')), 0 FROM job;
INSERT INTO expect SELECT 'the second attempt', json_extract(ledger_next('back', 60), '$.attempt'), 2;

-- A retry with a wait is a delay, too; one without goes to the back of the line.
SELECT kv_clock(2000), ledger_add('fail', 'a', NULL, NULL, 3), ledger_add('fail', 'b', NULL, NULL, 3);
CREATE TEMP TABLE fails AS SELECT ledger_next('fail', 60) AS json;
SELECT ledger_fail('fail', 'a', json_extract(json, '$.token'), 'x', 5) FROM fails;
INSERT INTO expect SELECT 'b', group_concat(json_extract(value, '$.id')), 'b' FROM json_each(ledger_next('fail', 60, NULL, 9));
SELECT kv_clock(2005);
INSERT INTO expect VALUES ('a', json_extract(ledger_next('fail', 60), '$.id'), 'a');

-- More become due at once than come into line in one call: the rest comes with the next calls, and the earliest comes first.
SELECT kv_clock(3000);
INSERT INTO kv_ledger(ledger, id, claimable_at, priority) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200) SELECT 'many', i, 3000 + i, i > 600 FROM n;
INSERT INTO expect SELECT 'in one index each', count(*) FILTER (WHERE in_line_since IS NULL) || ' ' || count(*) FILTER (WHERE claimable_at IS NOT NULL), '1200 1200' FROM larder_ledger WHERE ledger = 'many';
SELECT kv_clock(5000);
INSERT INTO expect VALUES ('of the first 500', json_extract(ledger_next('many', 60), '$.id'), '1');
INSERT INTO expect SELECT 'in line', count(*) || ' ' || max(in_line_since), '499 3500.0' FROM larder_ledger WHERE ledger = 'many' AND in_line_since IS NOT NULL;
INSERT INTO expect VALUES ('of the next 500', json_extract(ledger_next('many', 60), '$.id'), '601');
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30) SELECT count(ledger_next('many', 60, NULL, 50)) FROM n;
INSERT INTO expect SELECT 'all', claimed, 1200 FROM kv_progress WHERE ledger = 'many';
INSERT INTO expect SELECT 'all in order', group_concat(status), 'ok' FROM kv_check WHERE name = 'ledger';
