-- A connection notes the latest 1,024 reads; what it had noted before is gone.
SELECT kv_clock(1000), kv_config('cache.max_entries', 1200);
CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1100) SELECT i, iif(i % 2, 'k' || i, CAST('k' || i AS BLOB)) AS key FROM n;
SELECT sum(cache_set(key, i) > 0) FROM n;
SELECT kv_clock(2000);
SELECT sum(cache_get(key)) FROM n;
SELECT kv_clock(2001), cache_set('one more', 1);
INSERT INTO expect SELECT 'the oldest that it still knew', min(value), 77 FROM larder_cache WHERE used_at = 2000;
