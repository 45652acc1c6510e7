-- Rows of your own that expire: sessions after half an hour without a visit, invitations at a date, a log after 90 days. Nothing else
-- than the rules is needed but somebody who calls kv_sweep() now and then, as cron may do with this script.
--
-- A row is there until it is swept. What must not be seen any more is left out by a view.
.bail on

INSERT INTO kv_migration(version, name, up) VALUES
  (1, 'sessions', 'CREATE TABLE session(token TEXT PRIMARY KEY, user TEXT NOT NULL, last_seen REAL NOT NULL);
                   CREATE INDEX session_last_seen ON session(last_seen);
                   CREATE VIEW live_session AS SELECT * FROM session WHERE last_seen > strftime(''%s'', ''now'') - 1800'),
  -- A date as text: the index is on what dates are compared by.
  (2, 'invitations', 'CREATE TABLE invitation(id INTEGER PRIMARY KEY, mail TEXT NOT NULL, valid_until TEXT);
                      CREATE INDEX invitation_valid_until ON invitation(julianday(valid_until))'),
  -- Milliseconds, as JavaScript counts them. What goes is kept in numbers by a trigger.
  (3, 'log', 'CREATE TABLE log(at INTEGER NOT NULL, line TEXT NOT NULL);
              CREATE INDEX log_at ON log(at);
              CREATE TABLE log_removed(day TEXT PRIMARY KEY, lines INTEGER NOT NULL);
              CREATE TRIGGER log_is_removed AFTER DELETE ON log BEGIN
                INSERT INTO log_removed VALUES (date(old.at / 1000, ''unixepoch''), 1)
                ON CONFLICT(day) DO UPDATE SET lines = lines + 1;
              END');
SELECT migrate();

-- 1. The rules. A rule that is there stays as it is: a later run may say the same again.
INSERT OR IGNORE INTO kv_expiry(table_name, column_name, after, unit) VALUES
  ('session', 'last_seen', '30m', 's'),
  ('invitation', 'valid_until', NULL, 'text'),
  ('log', 'at', '90d', 'ms');

-- 2. Something to sweep.
INSERT OR REPLACE INTO session VALUES
  ('t1', 'Ada', strftime('%s', 'now')), ('t2', 'Bob', strftime('%s', 'now') - 3600), ('t3', 'Cyd', strftime('%s', 'now') - 60);
INSERT INTO invitation(mail, valid_until) VALUES ('a@example.org', '2020-02-29'), ('b@example.org', '2999-12-31 23:59'), ('c@example.org', NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
INSERT INTO log SELECT strftime('%s', 'now') * 1000 - i * 86400000 / 10, 'line ' || i FROM n;

-- 3. The view leaves out what has ended, whether or not it was swept.
SELECT user FROM live_session ORDER BY user;

-- 4. The sweep, which deletes in short steps: other writers get their turn. Then how it went.
SELECT kv_sweep();
SELECT table_name, rows_due, datetime(last_swept_at, 'unixepoch') > '2020' AS was_swept, error FROM kv_expiry ORDER BY table_name;

-- What is wrong with a rule is said here: a table that is gone, an index that is missing, a trigger that has stopped a sweep.
SELECT name, message FROM kv_check WHERE name = 'expiry' AND status <> 'ok';
