-- A user's trigger may keep the sweep from changing a row. The sweep then does what it can, and comes to an end.
SELECT kv_clock(1000);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)
SELECT cache_set('refreshed' || i, 1, 5) FROM n;
SELECT cache_touch(key, 500) FROM kv_cache;
SELECT cache_set('dead', 1, 5);
CREATE TRIGGER keep BEFORE UPDATE ON larder_cache BEGIN SELECT RAISE(IGNORE); END;
SELECT kv_clock(1010);
SELECT kv_sweep(1);
INSERT INTO expect VALUES ('the refreshed rows are alive', (SELECT count(*) FROM kv_cache), 20);
