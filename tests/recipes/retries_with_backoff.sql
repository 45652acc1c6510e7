-- starts: 3 at once
INSERT INTO expect SELECT 'the first round', group_concat(id || ' ' || status || ' ' || attempts, ', '),
  'alarm done 1, paid-1 done 1, paid-2 failed 1, paid-3 failed 1, paid-4 dead 1, paid-5 failed 1, reminder pending 0' FROM kv_ledger;
INSERT INTO expect VALUES
  ('what will never do', (SELECT error FROM kv_ledger WHERE id = 'paid-4'), 'HTTP 410'),
  ('the limit is of this ledger', (SELECT kv_config('ledger.max_attempts') IS NULL AND kv_config('ledger.max_attempts.webhooks') = 6), 1);

-- Each further round at the moment when the latest of the first ones is due, by a frozen clock. What waits: at least so long, and up to
-- a quarter longer.
CREATE TEMP TABLE waits(id, attempts, seconds);
CREATE TEMP VIEW waiting AS SELECT id, attempts, claimable_at - kv_clock() AS seconds FROM kv_ledger WHERE id IN ('paid-2', 'paid-3') AND status = 'failed';
SELECT kv_clock((SELECT max(claimable_at) FROM kv_ledger WHERE id IN ('paid-2', 'paid-3')));
.read retries_with_backoff.sql
INSERT INTO waits SELECT * FROM waiting;
INSERT INTO expect VALUES ('the one that is busy is left alone', (SELECT attempts FROM kv_ledger WHERE id = 'paid-5'), 1);
SELECT kv_clock((SELECT max(claimable_at) FROM kv_ledger WHERE status = 'failed'));
.read retries_with_backoff.sql
INSERT INTO waits SELECT * FROM waiting;
INSERT INTO expect SELECT 'the third round', group_concat(id || ' ' || status || ' ' || attempts, ', '),
  'paid-2 done 3, paid-3 failed 3, paid-5 done 2' FROM kv_ledger WHERE id IN ('paid-2', 'paid-3', 'paid-5');
SELECT kv_clock((SELECT claimable_at - 0.001 FROM kv_ledger WHERE id = 'paid-3'));
.read retries_with_backoff.sql
INSERT INTO expect VALUES ('not too early', (SELECT attempts FROM kv_ledger WHERE id = 'paid-3'), 3);
SELECT kv_clock((SELECT claimable_at FROM kv_ledger WHERE id = 'paid-3'));
.read retries_with_backoff.sql
INSERT INTO waits SELECT * FROM waiting;
SELECT kv_clock((SELECT claimable_at FROM kv_ledger WHERE id = 'paid-3'));
.read retries_with_backoff.sql
INSERT INTO waits SELECT * FROM waiting;
SELECT kv_clock((SELECT claimable_at FROM kv_ledger WHERE id = 'paid-3'));
.read retries_with_backoff.sql
INSERT INTO expect VALUES
  ('twice as long each time', (SELECT group_concat(attempts) FROM waits WHERE id = 'paid-3' AND seconds BETWEEN 60 << (attempts - 1) AND (60 << (attempts - 1)) * 1.25), '2,3,4,5'),
  ('six times, and no more', (SELECT status || ' ' || attempts FROM kv_ledger WHERE id = 'paid-3'), 'dead 6'),
  ('the reminder waits for its hour', (SELECT status FROM kv_ledger WHERE id = 'reminder'), 'pending');
SELECT kv_clock((SELECT claimable_at FROM kv_ledger WHERE id = 'reminder'));
INSERT INTO repaired VALUES ('down.example');
.read retries_with_backoff.sql
INSERT INTO expect VALUES
  ('the reminder', (SELECT status FROM kv_ledger WHERE id = 'reminder'), 'done'),
  ('another first attempt', (SELECT status || ' ' || attempts || ' ' || error FROM kv_ledger WHERE id = 'paid-3'), 'failed 1 HTTP 503'),
  ('only of that host', (SELECT status FROM kv_ledger WHERE id = 'paid-4'), 'dead'),
  ('said once', (SELECT count(*) FROM repaired), 0),
  ('nothing was delivered twice', (SELECT group_concat(id || ' ' || attempt, ', ') FROM (SELECT * FROM delivery ORDER BY id)),
    'alarm 1, paid-1 1, paid-2 3, paid-5 2, reminder 1');
