-- A queue that several workers empty, of which any may be killed at any moment. This script is one round of one worker: start as
-- many as you like, on one machine, each of them in a loop.
--
--   while sqlite3 -cmd '.load /path/to/larder' queue.db < work_queue.sql; do sleep 1; done
--
-- A worker that dies leaves claims behind, which end by themselves: after the lease others get them. Should it not be dead but slow,
-- and come back when somebody else has its work, its ledger_done() says 0, and its effect is not stored.
.bail on

-- Before anything else: workers that write all the time wait in a fair way. With SQLite's own, newcomers overtake, and one worker of six
-- may wait for seconds.
SELECT kv_busy_timeout(5000);

INSERT INTO kv_migration(version, name, up) VALUES
  (1, 'photos', 'CREATE TABLE photo(path TEXT PRIMARY KEY, width INTEGER, height INTEGER);
                 CREATE TABLE thumbnail(path TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL, attempt INTEGER NOT NULL)'),
  -- Every hundredth photo is a broken file, of which the width is not known.
  (2, 'sample photos', 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
                        INSERT INTO photo(path, width, height) SELECT printf(''img_%04d.jpg'', i), iif(i % 100, 1600 + i, NULL), 1200 FROM n');
SELECT migrate();

-- What fails three times is dead: on record, with its error, and in nobody's way.
SELECT kv_config('ledger.max_attempts', 3);

-- 1. Fill the queue. What it knows already, waiting or done, is left alone, so this may run at any time.
INSERT OR IGNORE INTO kv_ledger(ledger, id, payload)
SELECT 'thumbnails', path, json_object('width', width, 'height', height) FROM photo;

-- 2. Take up to twenty, oldest first. The lease is longer than a round takes; a worker that needs more calls ledger_renew() on the way.
--    (In a statement of its own: one that has json_each in its FROM reads the file, and then cannot wait for its turn to write.)
CREATE TEMP TABLE claimed(jobs);
INSERT INTO temp.claimed VALUES (ledger_next('thumbnails', '2s', NULL, 20));
CREATE TEMP TABLE job(id, token, attempt, payload);
INSERT INTO temp.job
SELECT json_extract(value, '$.id'), json_extract(value, '$.token'), json_extract(value, '$.attempt'), json_extract(value, '$.payload')
FROM temp.claimed, json_each(jobs);
DROP TABLE temp.claimed;

-- 3. The work, which may take its time: no lock is held.
ALTER TABLE temp.job ADD COLUMN width;
UPDATE temp.job SET width = json_extract(payload, '$.width') / 10;

-- 4. Effect and ledger in one transaction. One by one, each with its own ledger_done(): whose claim was lost gets no row.
BEGIN IMMEDIATE;
INSERT INTO thumbnail(path, width, height, attempt)
SELECT id, width, json_extract(payload, '$.height') / 10, attempt
FROM temp.job
WHERE width IS NOT NULL AND ledger_done('thumbnails', id, token, width);

-- What failed is given back, to be tried again after a while; here it is a short one.
SELECT count(ledger_fail('thumbnails', id, token, 'cannot read ' || id, '50ms')) FROM temp.job WHERE width IS NULL;
COMMIT;

SELECT ledger, total, pending, claimed, done, failed, dead, bar FROM kv_progress WHERE ledger = 'thumbnails';
SELECT id, attempts, error FROM kv_ledger WHERE ledger = 'thumbnails' AND status = 'dead';

-- The dead get another chance, once the cause is gone, with:
--   UPDATE kv_ledger SET status = 'pending', attempts = 0 WHERE ledger = 'thumbnails' AND status = 'dead';
