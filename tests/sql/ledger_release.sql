-- A claim that is given back is no attempt, and the id is in front of what was added later.
SELECT kv_clock(1000);
INSERT INTO kv_ledger(ledger, id) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT 'work', i FROM n;
CREATE TEMP TABLE job AS SELECT json_extract(value, '$.id') AS id, json_extract(value, '$.token') AS token FROM json_each(ledger_next('work', 60, NULL, 4));
SELECT kv_clock(1010);
INSERT INTO expect SELECT 'given back', sum(ledger_release('work', id, token)), 3 FROM job WHERE id <> '2';
INSERT INTO expect SELECT 'as if it had not been', group_concat(id || status || attempts || quote(owner) || quote(token) || quote(lease_until), ' '), '1pending0NULLNULLNULL 3pending0NULLNULLNULL 4pending0NULLNULLNULL'
  FROM kv_ledger WHERE id IN (SELECT id FROM job WHERE id <> '2');
INSERT INTO expect SELECT 'the token is void', sum(ledger_release('work', id, token) + ledger_done('work', id, token) + ledger_renew('work', id, token, 60)), 0 FROM job WHERE id <> '2';
DELETE FROM job WHERE id <> '2';
-- Again and again, they stay in front of what was added in the same millisecond, in their order.
INSERT INTO job SELECT json_extract(value, '$.id') AS id, json_extract(value, '$.token') AS token FROM json_each(ledger_next('work', 60, NULL, 3));
INSERT INTO expect SELECT 'the same', group_concat(id || ' ' || token, ', '), '2 3, 1 3, 3 5, 4 6' FROM job;
SELECT sum(ledger_release('work', id, token)) FROM job WHERE id IN ('3', '4');
INSERT INTO expect SELECT 'first in line', group_concat(json_extract(value, '$.id')), '3,4,5,6,7,8,9' FROM json_each(ledger_next('work', 60, NULL, 9));

-- With a delay it comes later. What had failed has failed; the attempts before count.
SELECT ledger_add('late', 'a'), ledger_add('late', 'b'), kv_config('ledger.max_attempts', 2);
SELECT ledger_fail('late', 'a', ledger_claim('late', 'a', 60), 'no such host');
CREATE TEMP TABLE token AS SELECT ledger_claim('late', 'a', 60) AS token;
INSERT INTO expect SELECT 'later', ledger_release('late', 'a', token, '30s'), 1 FROM token;
INSERT INTO expect SELECT 'failed', status || ' ' || attempts || ' ' || error || ' ' || claimable_at, 'failed 1 no such host 1040.0' FROM kv_ledger WHERE id = 'a';
INSERT INTO expect VALUES ('not now', json_extract(ledger_next('late', 60), '$.id'), 'b'), ('nor by its id', ledger_claim('late', 'a', 60), NULL);
SELECT kv_clock(1040);
INSERT INTO expect VALUES ('the second attempt', json_extract(ledger_next('late', 60), '$.attempt'), 2);
-- No delay, in each way to say so.
DELETE FROM token;
INSERT INTO token SELECT token FROM kv_ledger WHERE id = 'a';
INSERT INTO expect SELECT 'NULL', ledger_release('late', 'a', token, NULL), 1 FROM token;
INSERT INTO expect SELECT 'since', claimable_at, 1009.999 FROM kv_ledger WHERE id = 'a';
INSERT INTO expect VALUES ('not dead of it', json_extract(ledger_next('late', 60), '$.attempt'), 2);
INSERT INTO expect SELECT 'negative', ledger_release('late', 'a', token, -5), 1 FROM kv_ledger WHERE id = 'a';

-- A lost claim is lost, one for ever can be given back, and what is settled stays so.
SELECT ledger_claim('lost', 'a', 5), ledger_claim('lost', 'ever', NULL), ledger_mark('lost', 'done');
SELECT kv_clock(1045);
INSERT INTO expect VALUES ('lost', ledger_release('lost', 'a', 1), 0), ('for ever', ledger_release('lost', 'ever', 1), 1), ('done', ledger_release('lost', 'done', 1), 0), ('nobody', ledger_release('lost', 'nobody', 1), 0),
  ('another token', ledger_release('lost', 'ever', 2), 0);
INSERT INTO expect SELECT 'all in order', group_concat(status), 'ok' FROM kv_check WHERE name = 'ledger';
