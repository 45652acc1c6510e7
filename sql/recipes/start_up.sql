-- What each process of an application does before its work. Several may start at the same moment, also on a new file: one of them migrates,
-- the others wait for it, and all go on with the same schema, settings and rules.
--
--   sqlite3 -cmd '.load /path/to/larder' app.db < start_up.sql
.bail on

-- 1. First of all the time that your longest migration may take on your largest database, here ten minutes. With the 5 seconds that loading
--    sets, those that wait longer would fail with "database is locked".
SELECT kv_busy_timeout(600000);

-- 2. The migrations. (From files it is SELECT migrate('migrations/'), and nothing is declared.) Declaring takes the write lock for a moment,
--    so whoever comes while another migrates waits here already. Whoever was first has done it all: the others find nothing pending.
--    A database that is newer than this program is an error, and the program should end. A process that only reads does not migrate: it
--    asks migrate_check() until that is 1.
INSERT INTO kv_migration(version, name, up) VALUES
  (1, 'visits', 'CREATE TABLE visit(id INTEGER PRIMARY KEY, at REAL NOT NULL)'),
  -- This one takes its time.
  (2, 'old visits', 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
                     INSERT INTO visit(at) SELECT strftime(''%s'', ''now'') - i * 60 FROM n'),
  (3, 'find visits by time', 'CREATE INDEX visit_at ON visit(at)');
SELECT migrate();

-- 3. Settings and rules are stored in the file, for all processes. To say them again changes nothing.
SELECT kv_config('cache.default_ttl', '1h'), kv_config('ledger.max_attempts', 5), kv_config('run.keep', '90d');
INSERT OR IGNORE INTO kv_expiry(table_name, column_name, after) VALUES ('visit', 'at', '365d');

-- 4. For the work itself nobody should wait so long.
SELECT kv_busy_timeout(5000);

-- 5. What the doctor has against this connection or this file, if anything. It reads all of Larder's tables: with millions of rows leave
--    it to a job of the night.
SELECT name, message FROM kv_check WHERE status = 'error';

-- The work.
INSERT INTO visit(at) VALUES (kv_clock());
