-- The dashboard as an HTML page of its own: no script, nothing that it loads, readable on a phone, light or dark as the reader's screen is.
--
--   sqlite3 -readonly -cmd '.load ./larder' app.db < sql/dashboard_html.sql > status.html
--
-- Every five minutes, with cron, from the folder that has larder.so; mv, so that nobody meets half a page:
--   */5 * * * * cd /srv/app && sqlite3 -readonly -cmd '.load ./larder' app.db < dashboard_html.sql > new.html && mv new.html /var/www/status.html
--
-- The queries are those of dashboard.sql. The shell's own mode html escapes what they find.
.mode list
.headers off
SELECT '<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Larder</title>
<style>
:root { color-scheme: light dark; --line: #d5d9de; --quiet: #5b6470; }
@media (prefers-color-scheme: dark) { :root { --line: #3a4149; --quiet: #9aa4b0; } }
body { font: 15px/1.4 system-ui, sans-serif; margin: 1rem auto; max-width: 75rem; padding: 0 1rem; }
h1 { font-size: 1.3rem; }
h2 { font-size: 1rem; margin: 1.5rem 0 .3rem; }
section { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { border-bottom: 1px solid var(--line); padding: .25rem .8rem .25rem 0; text-align: left; vertical-align: top; }
th { color: var(--quiet); font-weight: normal; white-space: nowrap; }
#runs td:nth-child(6), #ledgers td:nth-child(9) { font-family: monospace; white-space: nowrap; }
table:not(:has(tr))::before { color: var(--quiet); content: "none"; }
</style>
<h1>Larder</h1>';

.headers on
.nullvalue -
.print <section><table>
.mode html
SELECT replace(file, rtrim(file, replace(file, '/', '')), '') AS "database", datetime(kv_clock(), 'unixepoch') AS "seen at (UTC)"
FROM pragma_database_list WHERE name = 'main';
.print </table></section>

.print <h2>Runs, the latest ten</h2><section id="runs"><table>
SELECT id, job, status, done, total, bar, rate AS "per s", eta AS "s left",
  round(kv_clock() - heartbeat_at) AS "s since heartbeat", substr(error, 1, 30) AS error
FROM (SELECT * FROM kv_run ORDER BY id DESC LIMIT 10);
.print </table></section>

.print <h2>Ledgers</h2><section id="ledgers"><table>
SELECT ledger, total, done, pending, claimed, failed, dead, skipped, bar, rate AS "per s", eta AS "s left" FROM kv_progress;
.print </table></section>

.print <h2>Leases</h2><section><table>
SELECT name, owner, token, round(kv_clock() - acquired_at) AS "s held", round(expires_at - kv_clock()) AS "s left" FROM kv_lease;
.print </table></section>

.print <h2>Cache</h2><section><table>
SELECT max(value) FILTER (WHERE name = 'entries') AS entries, max(value) FILTER (WHERE name = 'bytes') AS bytes,
  max(value) FILTER (WHERE name = 'dead') AS dead,
  (SELECT count(*) FROM kv_cache WHERE expires_at < kv_clock() + 300) AS "expire in 5 min",
  round(max(value) FILTER (WHERE name = 'database_bytes') / 1048576.0, 1) AS "file, MB",
  round(max(value) FILTER (WHERE name = 'wal_bytes') / 1048576.0, 1) AS "WAL, MB"
FROM kv_stats;
.print </table></section>

.print <h2>The doctor</h2><section><table>
WITH found AS MATERIALIZED (SELECT * FROM kv_check)
SELECT status, name, message FROM (
  SELECT status, name, message FROM found WHERE status <> 'ok'
  UNION ALL
  SELECT 'ok', 'all else', count(*) || ' checks; SELECT * FROM kv_check shows each' FROM found WHERE status = 'ok'
)
ORDER BY status = 'ok', status = 'warning', name;
.print </table></section>
