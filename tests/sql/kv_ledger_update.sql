-- What UPDATE can change, and that a row that waits stays in exactly one of the two indexes.
SELECT kv_clock(1000);
INSERT INTO kv_ledger(ledger, id, payload, priority, claimable_at) VALUES ('l', 'a', 'p', NULL, NULL), ('l', 'b', 'p', 5, 1100), ('l', 'past', 'p', NULL, 900);
CREATE TEMP VIEW place AS SELECT id, group_concat(in_line_since) AS line, group_concat(claimable_at) AS due FROM larder_ledger WHERE ledger = 'l' GROUP BY id;
INSERT INTO expect SELECT 'inserted', group_concat(id || ' ' || coalesce(line, '-') || ' ' || coalesce(due, '-'), ', '), 'a 1000.0 -, b - 1100.0, past 900.0 -' FROM place;

-- The priority and the time of what waits.
UPDATE kv_ledger SET priority = 9 WHERE id = 'a';
UPDATE kv_ledger SET priority = NULL, claimable_at = 950 WHERE id = 'b';
INSERT INTO expect SELECT 'priorities', group_concat(id || priority), 'a9,b0,past0' FROM kv_ledger;
INSERT INTO expect SELECT 'in line', group_concat(json_extract(value, '$.id')), 'a,past,b' FROM json_each(ledger_next('l', 60, NULL, 9));
SELECT ledger_fail('l', id, token, 'x', 100) FROM larder_ledger WHERE ledger = 'l' AND id <> 'past';
UPDATE kv_ledger SET claimable_at = kv_clock() WHERE id = 'b';
UPDATE kv_ledger SET claimable_at = claimable_at + 50, priority = priority + 1 WHERE id = 'a';
INSERT INTO expect SELECT 'moved', group_concat(id || ' ' || coalesce(line, '-') || ' ' || coalesce(due, '-'), ', '), 'a - 1150.0, b 1000.0 -, past - 1060.0' FROM place;
INSERT INTO expect SELECT 'still failed', group_concat(id || status || attempts || priority), 'afailed110,bfailed10,pastclaimed10' FROM kv_ledger;

-- The payload of any row, however large.
UPDATE kv_ledger SET payload = id || ' new' WHERE ledger = 'l';
UPDATE kv_ledger SET payload = zeroblob(300000) WHERE id = 'past';
INSERT INTO expect SELECT 'payloads', group_concat(length(payload)), '5,5,300000' FROM kv_ledger;

-- Who lost its lease has lost it for good once the row is moved; a new priority leaves it alone.
SELECT kv_clock(1060);
CREATE TEMP TABLE held AS SELECT token FROM kv_ledger WHERE id = 'past';
UPDATE kv_ledger SET priority = 3 WHERE id = 'past';
INSERT INTO expect SELECT 'the owner is shown', owner IS NOT NULL AND status = 'pending', 1 FROM kv_ledger WHERE id = 'past';
UPDATE kv_ledger SET claimable_at = 1070 WHERE id = 'past';
INSERT INTO expect SELECT 'nobody''s', quote(owner) || quote(lease_until) || status, 'NULLNULLpending' FROM kv_ledger WHERE id = 'past';
SELECT kv_clock(1050);
INSERT INTO expect SELECT 'lost', ledger_done('l', 'past', token), 0 FROM held;
SELECT kv_clock(1060);

-- The dead, the failed and the skipped get another chance, with their history or from the first attempt on.
SELECT ledger_skip('l', 'skipped', 'too large');
INSERT INTO kv_ledger(ledger, id, status, error) VALUES ('l', 'never had a token', 'skipped', 'why');
SELECT ledger_fail('l', 'dead', ledger_claim('l', 'dead', 60), 'gone', NULL), ledger_fail('l', 'dead 0', ledger_claim('l', 'dead 0', 60), 'gone', NULL);
UPDATE kv_ledger SET status = 'pending' WHERE id IN ('dead', 'skipped', 'never had a token') OR (id = 'a' AND status = 'failed');
UPDATE kv_ledger SET status = 'pending', attempts = 0, claimable_at = 1200, priority = 7 WHERE id = 'dead 0';
INSERT INTO expect SELECT 'again', group_concat(id || ' ' || status || ' ' || attempts || ' ' || error || ' ' || claimable_at, ', '),
  'a pending 1 x 1060.0, dead pending 1 gone 1060.0, dead 0 pending 0 gone 1200.0, never had a token pending 0 why 1060.0, skipped pending 0 too large 1060.0' FROM kv_ledger WHERE error IS NOT NULL AND id <> 'b';
UPDATE kv_ledger SET attempts = 0 WHERE id IN ('a', 'dead');
INSERT INTO expect SELECT 'from the first', sum(attempts), 0 FROM kv_ledger WHERE id IN ('a', 'dead');
INSERT INTO expect SELECT 'claimed', json_array_length(ledger_next('l', 60, NULL, 50)), 5;
INSERT INTO expect SELECT 'all in order', group_concat(status), 'ok' FROM kv_check WHERE name = 'ledger';

-- UPDATE ... FROM hands over every column: what stays as it is is no change.
CREATE TEMP TABLE wish(id, p);
INSERT INTO wish VALUES ('dead 0', 1), ('past', 2);
SELECT ledger_mark('l', 'done', 'result', 100);
UPDATE kv_ledger SET priority = p FROM wish WHERE wish.id = kv_ledger.id;
UPDATE kv_ledger SET payload = 'same' FROM wish WHERE kv_ledger.status = 'done';
INSERT INTO expect SELECT 'from', group_concat(id || priority), 'dead 01,past2' FROM kv_ledger WHERE id IN (SELECT id FROM wish);
INSERT INTO expect SELECT 'done', payload || result, 'sameresult' FROM kv_ledger WHERE id = 'done';
-- Keys of every kind, and what is forgotten is not there.
INSERT INTO kv_ledger(ledger, id) VALUES (x'01', x'6100'), ('n' || char(0), 1.5), (7, '');
UPDATE kv_ledger SET priority = 4, ledger = ledger, id = id WHERE ledger IN (x'01', 'n' || char(0), 7);
INSERT INTO expect SELECT 'keys', sum(priority), 12 FROM kv_ledger WHERE ledger IN (x'01', 'n' || char(0), 7);
SELECT ledger_mark('l', 'short', 1, 1), kv_clock(1070);
UPDATE kv_ledger SET payload = 'x' WHERE id = 'short';
INSERT INTO expect SELECT 'untouched', payload, NULL FROM larder_ledger WHERE id = 'short';
-- A thousand at once, and undone.
INSERT INTO kv_ledger(ledger, id) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) SELECT 'bulk', i FROM n;
BEGIN;
UPDATE kv_ledger SET claimable_at = 5000 + id, priority = id WHERE ledger = 'bulk';
INSERT INTO expect SELECT 'moved', count(*) || ' ' || sum(priority), '1000 500500' FROM larder_ledger WHERE ledger = 'bulk' AND claimable_at > 5000 AND in_line_since IS NULL;
ROLLBACK;
INSERT INTO expect SELECT 'undone', count(*), 1000 FROM larder_ledger WHERE ledger = 'bulk' AND in_line_since = 1070;
