-- Rows of the user's expire by a rule: a moment in a column, and how long after it.
SELECT kv_clock(10000);
CREATE TABLE session(id INTEGER PRIMARY KEY, last_seen, note);
INSERT INTO expect VALUES ('no rules', (SELECT count(*) FROM kv_expiry), 0), ('no table for them', (SELECT count(*) FROM sqlite_schema), 1);
INSERT INTO kv_expiry VALUES ('SESSION', 'Last_Seen', '30m', 's');
INSERT INTO expect SELECT 'a rule', table_name || ',' || column_name || ',' || after || ',' || unit || ',' || rows_due || ',' || quote(last_swept_at) || ',' || quote(error),
  'session,last_seen,1800.0,s,0,NULL,NULL' FROM kv_expiry;
INSERT INTO session(id, last_seen, note) VALUES
  (1, 8200, 'the very moment'), (2, 8200.001, 'not yet'), (3, 8199, 'due'), (4, NULL, 'never'), (5, '8000', 'text'), (6, x'00', 'a BLOB'),
  (7, -9e999, 'long ago'), (8, 9e999, 'never'), (9, -5, 'before 1970'), (10, 9223372036854775807, 'far');
INSERT INTO expect VALUES ('due', (SELECT rows_due FROM kv_expiry), 4), ('swept', kv_sweep(), 4),
  ('what stays', (SELECT group_concat(id) FROM session), '2,4,5,6,8,10'),
  ('when', (SELECT last_swept_at FROM kv_expiry), 10000.0), ('nothing more', kv_sweep(), 0), ('due then', (SELECT rows_due FROM kv_expiry), 0);

-- With an index: the oldest first, as far as the number of rows goes.
CREATE INDEX session_seen ON session(last_seen) WHERE last_seen IS NOT NULL;
DELETE FROM session;
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 2999)
INSERT INTO session SELECT i, 1000 + (i * 7) % 3000, NULL FROM n;
INSERT INTO expect VALUES ('two', kv_sweep(2), 2), ('the oldest', (SELECT min(last_seen) FROM session), 1002), ('none', kv_sweep(0), 0);
BEGIN;
INSERT INTO expect VALUES ('in a transaction', kv_sweep(), 2998), ('empty', (SELECT count(*) FROM session), 0);
ROLLBACK;
INSERT INTO expect VALUES ('undone', (SELECT count(*) FROM session), 2998), ('again', kv_sweep(), 2998);

-- Without one: through the whole table, in steps.
DROP INDEX session_seen;
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 29999)
INSERT INTO session SELECT i, iif(i % 1000 = 0, 10000 + i, 1000), NULL FROM n;
INSERT INTO expect VALUES ('five', kv_sweep(5), 5), ('all', kv_sweep(), 29965), ('those that stay', (SELECT count(*) FROM session), 30);

-- The other units, and a column that says the deadline itself.
DELETE FROM session;
UPDATE kv_expiry SET unit = 'ms', after = '1ms' WHERE table_name = 'session';
INSERT INTO session(id, last_seen) VALUES (1, 9999999), (2, 10000000), (3, 9999999.5), (4, 1);
INSERT INTO expect VALUES ('milliseconds', kv_sweep(), 2), ('', (SELECT group_concat(id) FROM session), '2,3');
DELETE FROM session;
UPDATE kv_expiry SET unit = 'text', after = NULL;
INSERT INTO session(id, last_seen) VALUES (1, '1970-01-01 02:46:40'), (2, '1970-01-01T02:46:40.001Z'), (3, '1970-01-01 03:46:40+01:00'), (4, 'no date'), (5, ''),
  (6, NULL), (7, '1969-12-31'), (8, '1900'), (9, '12:00'), (10, '5'), (11, 'now');
INSERT INTO expect VALUES ('dates', kv_sweep(), 3), ('a number or a time is no date', (SELECT group_concat(id) FROM session), '2,4,5,6,8,9,10,11');
DELETE FROM session WHERE last_seen = 'now';  -- which SQLite does not index
CREATE INDEX session_day ON session(julianday(last_seen));
INSERT INTO session(id, last_seen) VALUES (1, '1970-01-01 02:46:40');
INSERT INTO expect VALUES ('an index on them', (SELECT message FROM kv_check WHERE name = 'expiry'), '1 rule(s)'), ('used', kv_sweep(), 1);

-- A rule changes, and is taken back.
UPDATE kv_expiry SET after = new FROM (SELECT '1h' AS new);
INSERT INTO expect SELECT 'UPDATE ... FROM', after, 3600.0 FROM kv_expiry WHERE table_name = 'Session';
INSERT OR IGNORE INTO kv_expiry VALUES ('session', 'id', NULL, NULL);
INSERT INTO expect SELECT 'left alone', column_name, 'last_seen' FROM kv_expiry;
INSERT OR REPLACE INTO kv_expiry(table_name, column_name) VALUES ('session', 'id');
INSERT INTO expect SELECT 'replaced', column_name || unit || quote(after) || quote(last_swept_at), 'idsNULLNULL' FROM kv_expiry;
INSERT INTO expect VALUES ('the key is the time', kv_sweep(), 7);
DELETE FROM kv_expiry WHERE table_name = 'SESSION';
INSERT INTO session(id) VALUES (1);
INSERT INTO expect VALUES ('no rule', kv_sweep(), 0), ('nor in the table', (SELECT count(*) FROM larder_expiry), 0);
