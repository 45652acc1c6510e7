-- Webhooks that are tried again: after a minute, two, four, and so on up to an hour, six times at most. What is dead then stays on record
-- until somebody says that the cause is gone. This script is one round of one worker; start as many as you like, each in a loop.
--
--   while sqlite3 -cmd '.load /path/to/larder' webhooks.db < retries_with_backoff.sql; do sleep 1; done
--
-- A program waits by kv_wait() in place of the sleep: it wakes when a retry is due. (The shell cannot branch.)
.bail on

-- Before anything else: workers side by side wait in a fair way.
SELECT kv_busy_timeout(5000);

INSERT INTO kv_migration(version, name, up) VALUES
  (1, 'webhooks', 'CREATE TABLE delivery(id TEXT NOT NULL, attempt INTEGER NOT NULL, at REAL NOT NULL);
                   CREATE TABLE repaired(host TEXT PRIMARY KEY)');
SELECT migrate();

-- The limit of this ledger; others keep theirs. A worker that dies has used an attempt, too.
SELECT kv_config('ledger.max_attempts.webhooks', 6);

-- 1. What is to be delivered: at once; before all others (priority); in an hour (delay). What is known already is left alone.
SELECT ledger_add('webhooks', 'paid-1', '{"host":"well.example"}'),
       ledger_add('webhooks', 'paid-2', '{"host":"shaky.example"}'),
       ledger_add('webhooks', 'paid-3', '{"host":"down.example"}'),
       ledger_add('webhooks', 'paid-4', '{"host":"gone.example"}'),
       ledger_add('webhooks', 'paid-5', '{"host":"busy.example"}'),
       ledger_add('webhooks', 'alarm', '{"host":"well.example"}', NULL, 10),
       ledger_add('webhooks', 'reminder', '{"host":"well.example"}', '1h');

-- 2. Those of a host that was repaired are tried again, as if for the first time. They keep their last error until they are done.
BEGIN IMMEDIATE;
UPDATE kv_ledger SET status = 'pending', attempts = 0
WHERE ledger = 'webhooks' AND status = 'dead' AND json_extract(payload, '$.host') IN (SELECT host FROM repaired);
DELETE FROM repaired;
COMMIT;

-- 3. Take up to twenty that are due. The lease is longer than a round takes.
CREATE TEMP TABLE claimed(jobs);
INSERT INTO temp.claimed VALUES (ledger_next('webhooks', '5m', NULL, 20));
CREATE TEMP TABLE job(id, token, attempt, host, status, retry_in);
INSERT INTO temp.job(id, token, attempt, host)
SELECT json_extract(value, '$.id'), json_extract(value, '$.token'), json_extract(value, '$.attempt'),
       json_extract(json_extract(value, '$.payload'), '$.host')
FROM temp.claimed, json_each(jobs);

-- 4. Deliver them, where no lock is held. This stands for the hosts: one is shaky until the third attempt, one busy at the first.
UPDATE temp.job SET status = CASE host
  WHEN 'down.example' THEN 503
  WHEN 'gone.example' THEN 410
  WHEN 'shaky.example' THEN iif(attempt < 3, 503, 200)
  WHEN 'busy.example' THEN iif(attempt < 2, 429, 200)
  ELSE 200 END;

-- 5. When to try again. What will never do is not tried again: NULL. A host that says when it wants to be asked is obeyed. All others:
--    twice as long with each attempt, and up to a quarter more, so that what failed together does not come back together.
UPDATE temp.job SET retry_in = CASE status
  WHEN 410 THEN NULL
  WHEN 429 THEN 120
  ELSE min(60 << min(attempt - 1, 10), 3600) * (1 + abs(random() % 1000) / 4000.0) END;

-- 6. What came of it. ledger_done() and ledger_fail() say 0 to a worker that was too slow, and whose job somebody else has by now.
BEGIN IMMEDIATE;
INSERT INTO delivery(id, attempt, at)
SELECT id, attempt, kv_clock() FROM temp.job WHERE CASE WHEN status = 200 THEN ledger_done('webhooks', id, token) END;
SELECT count(ledger_fail('webhooks', id, token, 'HTTP ' || status, retry_in)) AS failed FROM temp.job WHERE status <> 200;
COMMIT;

SELECT id, status, attempts, error, CAST(round(claimable_at - kv_clock()) AS INTEGER) AS "seconds to wait"
FROM kv_ledger WHERE ledger = 'webhooks' AND status <> 'done' ORDER BY id;
DROP TABLE temp.claimed;
DROP TABLE temp.job;
