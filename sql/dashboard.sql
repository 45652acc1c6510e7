-- One screen about a database: what runs, what is to be done, who holds what, the cache, and the doctor.
--
--   sqlite3 -readonly -cmd '.load ./larder' app.db < sql/dashboard.sql
--
-- In a terminal, every two seconds:  watch -n 2 "sqlite3 -readonly -cmd '.load ./larder' app.db < sql/dashboard.sql"
.mode box
.nullvalue -

.print Runs, the latest ten
SELECT id, job, status, done, total, bar, rate AS "per s", eta AS "s left",
  round(kv_clock() - heartbeat_at) AS "s since heartbeat", substr(error, 1, 30) AS error
FROM (SELECT * FROM kv_run ORDER BY id DESC LIMIT 10);

.print Ledgers
SELECT ledger, total, done, pending, claimed, failed, dead, skipped, bar, rate AS "per s", eta AS "s left" FROM kv_progress;

.print Leases
SELECT name, owner, token, round(kv_clock() - acquired_at) AS "s held", round(expires_at - kv_clock()) AS "s left" FROM kv_lease;

.print Cache
SELECT max(value) FILTER (WHERE name = 'entries') AS entries, max(value) FILTER (WHERE name = 'bytes') AS bytes,
  max(value) FILTER (WHERE name = 'dead') AS dead,
  (SELECT count(*) FROM kv_cache WHERE expires_at < kv_clock() + 300) AS "expire in 5 min",
  round(max(value) FILTER (WHERE name = 'database_bytes') / 1048576.0, 1) AS "file, MB",
  round(max(value) FILTER (WHERE name = 'wal_bytes') / 1048576.0, 1) AS "WAL, MB"
FROM kv_stats;

.print The doctor
WITH found AS MATERIALIZED (SELECT * FROM kv_check)
SELECT status, name, message FROM (
  SELECT status, name, message FROM found WHERE status <> 'ok'
  UNION ALL
  SELECT 'ok', 'all else', count(*) || ' checks; SELECT * FROM kv_check shows each' FROM found WHERE status = 'ok'
)
ORDER BY status = 'ok', status = 'warning', name;
