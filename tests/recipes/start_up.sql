-- starts: 8 at once
INSERT INTO expect VALUES
  ('each migration once', (SELECT group_concat(version) FROM larder_migration), '1,2,3'),
  ('and what it does', (SELECT count(*) FROM visit), 100000 + 8),
  ('user_version', (SELECT user_version FROM pragma_user_version), 3),
  ('the settings', kv_config('cache.default_ttl') || ' ' || kv_config('ledger.max_attempts') || ' ' || kv_config('run.keep'), '3600.0 5 7776000.0'),
  ('one rule', (SELECT count(*) FROM kv_expiry), 1),
  ('the file is in WAL mode', (SELECT journal_mode FROM pragma_journal_mode), 'wal');
-- Each was told the same, and none of an error.
CREATE TEMP TABLE told AS
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8)
SELECT replace(CAST(readfile('output.' || i) AS TEXT), char(10), ';') AS text FROM n;
INSERT INTO expect SELECT 'told', text, '600000;3;3600.0|5|7776000.0;5000;' FROM told;
-- A later start finds nothing to do.
.read start_up.sql
INSERT INTO expect VALUES ('as before', (SELECT count(*) FROM visit), 100000 + 9);
