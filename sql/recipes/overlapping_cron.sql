-- A job that cron starts every minute, although a run may take longer than that: overlapping runs do no harm.
--
--   * * * * *  cd /var/lib/app && sqlite3 -cmd '.load /path/to/larder' cron.db < overlapping_cron.sql
--
-- BEGIN IMMEDIATE takes SQLite's write lock, which one connection can hold at a time. What a run finds to do, it finds and does
-- under that lock; a second run waits, up to five seconds here, and then sees what the first one has done. Keep such a transaction
-- short. Work that takes minutes, or calls other services, should happen outside of it: part 4.
.bail on

-- Before anything else: runs that overlap wait in a fair way.
SELECT kv_busy_timeout(5000);

INSERT INTO kv_migration(version, name, up) VALUES
  (1, 'orders', 'CREATE TABLE orders(id INTEGER PRIMARY KEY, amount REAL NOT NULL);
                 CREATE TABLE invoice(order_id INTEGER NOT NULL, amount REAL NOT NULL);
                 CREATE TABLE report(day TEXT NOT NULL, orders INTEGER NOT NULL, amount REAL NOT NULL);
                 CREATE TABLE mail(order_id INTEGER NOT NULL)'),
  (2, 'sample orders', 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
                        INSERT INTO orders(id, amount) SELECT i, i * 0.25 FROM n');
SELECT migrate();

-- 1. A batch of new rows, from the checkpoint on. The batch is chosen first and marked after: with LIMIT and ledger_mark() in one
--    SELECT it would depend on the query plan how many ids are marked that the LIMIT then cuts off.
BEGIN IMMEDIATE;

CREATE TEMP TABLE batch AS
SELECT id, amount FROM orders WHERE id > (SELECT checkpoint_get('invoices', 0)) ORDER BY id LIMIT 400;

INSERT INTO invoice(order_id, amount)
SELECT id, amount FROM temp.batch WHERE ledger_mark('invoices', id);

-- An old run that was held up cannot move the checkpoint back: checkpoint_advance() only lets it grow.
SELECT checkpoint_advance('invoices', last) FROM (SELECT max(id) AS last FROM temp.batch) WHERE last IS NOT NULL;

COMMIT;

-- 2. Something that must happen once a day, whichever run comes first. The mark and the work are one statement, and so one
--    transaction: when the work fails the mark goes with it, and the next run tries again. The day is read once, because between two
--    readings it may turn midnight.
CREATE TEMP TABLE today(day);
INSERT INTO temp.today SELECT date(kv_clock(), 'unixepoch');

INSERT INTO report(day, orders, amount)
SELECT day, (SELECT count(*) FROM invoice), (SELECT sum(amount) FROM invoice)
FROM temp.today
WHERE ledger_mark('daily report', day);

-- 3. What is known of past days need not be kept for ever: with `keep`, a mark is forgotten after that time.
BEGIN IMMEDIATE;
SELECT ledger_mark('greeting', day, NULL, '30d') FROM temp.today;
COMMIT;

-- 4. Work that takes long, in many short transactions, and one run at a time. run_start() lets one in; a second one gets NULL, and in
--    this script its id leaves every step below without a row: it is done at once. Each run_tick() is a sign of life. When those stop
--    for longer than the lease of five minutes, the run counts as crashed, the next one is let in, and run_tick() answers the old one,
--    should it wake up, with 0.
CREATE TEMP TABLE run(id);
INSERT INTO temp.run SELECT run_start('mails', '5m');

SELECT iif(id IS NULL, 'another run sends the mails', 'run ' || id || ' sends the mails') FROM temp.run;

--    One step. A program repeats it until run_tick() is 0 or nothing is left; what a crashed run had marked, the next one skips.
BEGIN IMMEDIATE;

CREATE TEMP TABLE step AS
SELECT order_id FROM invoice
WHERE (SELECT run_tick(id, 0, (SELECT count(*) FROM invoice)) FROM temp.run WHERE id IS NOT NULL)
  AND NOT ledger_seen('mails', order_id)
ORDER BY order_id LIMIT 300;

INSERT INTO mail(order_id) SELECT order_id FROM temp.step WHERE ledger_mark('mails', order_id);

SELECT run_tick(id, (SELECT count(*) FROM temp.step)) FROM temp.run WHERE id IS NOT NULL;

COMMIT;

BEGIN IMMEDIATE;
SELECT run_finish(id) FROM temp.run WHERE id IS NOT NULL;
COMMIT;

SELECT id, job, status, done, total, bar FROM kv_run;
SELECT ledger, done, rate, bar FROM kv_progress;
SELECT name, value FROM kv_checkpoint;
