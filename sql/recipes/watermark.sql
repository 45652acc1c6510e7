-- How far a job has come, in a mark that an old run cannot move back: a lease to have one run at a time, and a token that tells who is late.
--
--   sqlite3 -cmd '.load /path/to/larder' sync.db < watermark.sql
.bail on

-- Before anything else: runs that overlap wait in a fair way.
SELECT kv_busy_timeout(5000);

-- The clock is frozen so that this script can be two runs, one after the other's lease. An application leaves it alone, and leaves out
-- the owner, too: each connection has a name of its own.
SELECT kv_clock(1700000000);
CREATE TABLE IF NOT EXISTS fetched(run TEXT NOT NULL, upto INTEGER NOT NULL);

-- The mark begins at 0. (And the very first call in a file, which makes Larder's tables, is one by itself: several processes can begin at
-- the same time, and wait for each other.)
SELECT checkpoint_advance('sync', 0);

-- 1. The run of three o'clock gets the lease and its token (NULL, had another process got it: then there is nothing to do here). It asks
--    the source what is new, and the answer is slow.
CREATE TEMP TABLE three(token);
INSERT INTO temp.three SELECT lease_acquire('sync', '5m', 'the run of three o''clock');
SELECT owner, token > 0 FROM kv_lease WHERE name = 'sync';

-- 2. An hour later its lease is over: the run of four o'clock gets it, with a greater token. Rows, mark and the check of the lease are one
--    transaction. When the lease is lost, lease_check() is an error and nothing of this is stored (.bail ends the script there; a
--    program rolls back); while the transaction is open, nobody else can take the lease.
SELECT kv_clock(1700003600);
CREATE TEMP TABLE four(token);
INSERT INTO temp.four SELECT lease_acquire('sync', '5m', 'the run of four o''clock');

BEGIN IMMEDIATE;
SELECT lease_check('sync', token) FROM temp.four;
INSERT INTO fetched(run, upto) SELECT 'four', 200 WHERE checkpoint_advance('sync', 200);
COMMIT;

-- 3. Now the old run wakes up with what it fetched long ago. It no longer holds the lease: lease_renew() says 0 where lease_check() fails.
--    (A SELECT from a table, even a temporary one, holds an old snapshot: what it calls writes safely only inside BEGIN IMMEDIATE. A program
--    binds the token instead.)
BEGIN IMMEDIATE;
SELECT lease_renew('sync', token, '5m') FROM temp.three WHERE token IS NOT NULL;
COMMIT;

--    And if it does not ask, the mark only grows: checkpoint_advance() is 0, and its old rows stay out with it.
BEGIN IMMEDIATE;
INSERT INTO fetched(run, upto) SELECT 'three', 100 WHERE checkpoint_advance('sync', 100);
COMMIT;

-- 4. Given back, the lease is free for the next run. A token of long ago cannot give it back.
BEGIN IMMEDIATE;
SELECT lease_release('sync', token) FROM temp.three WHERE token IS NOT NULL;
SELECT lease_release('sync', token) FROM temp.four;
COMMIT;
SELECT name, value FROM kv_checkpoint;
