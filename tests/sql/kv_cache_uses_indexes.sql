-- A query that names keys or a time reads those rows and not the whole table: among 20,000 rows, no statement, Larder's own included,
-- may take more than 9,000 steps of SQLite's machine, in all its runs. The shell stops the ones that do.
.progress 0
SELECT kv_clock(1000);
INSERT INTO kv_cache(key, value, ttl)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
SELECT 'user:' || i, i, 1000 + i FROM n;
CREATE TEMP TABLE got(name, value);
.progress 9000 --limit 1
INSERT INTO got VALUES ('=', (SELECT value FROM kv_cache WHERE key = 'user:7'));
INSERT INTO got VALUES ('IN', (SELECT sum(value) FROM kv_cache WHERE key IN ('user:7', 'user:8', 'user:9')));
INSERT INTO got VALUES ('GLOB', (SELECT count(*) FROM kv_cache WHERE key GLOB 'user:1999*'));
INSERT INTO got VALUES ('range', (SELECT count(*) FROM kv_cache WHERE key >= 'user:1999' AND key < 'user:2'));
INSERT INTO got VALUES ('from', (SELECT count(*) FROM kv_cache WHERE key > 'user:9998'));
INSERT INTO got VALUES ('to', (SELECT count(*) FROM kv_cache WHERE key < 'user:1000'));
INSERT INTO got VALUES ('first', (SELECT key FROM kv_cache ORDER BY key LIMIT 1));
INSERT INTO got VALUES ('last', (SELECT key FROM kv_cache ORDER BY key DESC LIMIT 1));
INSERT INTO got VALUES ('expires soon', (SELECT count(*) FROM kv_cache WHERE expires_at < 2010));
INSERT INTO got VALUES ('clear', (SELECT cache_clear('user:1999')));
UPDATE kv_cache SET value = 'new' WHERE key = 'user:7';
DELETE FROM kv_cache WHERE key = 'user:8';
INSERT INTO got VALUES ('updated', cache_get('user:7')), ('deleted', cache_has('user:8'));
.progress 0
INSERT INTO expect SELECT name, value, want FROM got JOIN (
  SELECT column1 AS n, column2 AS want FROM (VALUES ('=', 7), ('IN', 24), ('GLOB', 11), ('range', 11), ('from', 1), ('to', 3),
    ('first', 'user:1'), ('last', 'user:9999'), ('expires soon', 9), ('clear', 11), ('updated', 'new'), ('deleted', 0))) ON n = name;
INSERT INTO expect VALUES ('all were asked', (SELECT count(*) FROM got), 12);
