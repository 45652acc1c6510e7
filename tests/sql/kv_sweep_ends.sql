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

-- A row that is put back is not swept again, and one whose sweep_at is set back is not found again.
DROP TRIGGER keep;
SELECT kv_clock(NULL), cache_clear(), kv_clock(1000), cache_set('a', 1, 5), cache_set('b', 1, 5), cache_set('c', 1, 5);
SELECT cache_touch('c', 500);
CREATE TRIGGER put_back AFTER DELETE ON larder_cache BEGIN
  INSERT INTO larder_cache(key, value, created_at, expires_at, sweep_at)
  VALUES (old.key, old.value, old.created_at, old.expires_at, old.sweep_at);
END;
CREATE TRIGGER move_back AFTER UPDATE OF sweep_at ON larder_cache BEGIN
  UPDATE larder_cache SET sweep_at = old.sweep_at WHERE id = new.id;
END;
SELECT kv_clock(1010);
INSERT INTO expect VALUES ('put back', kv_sweep(), 2), ('are there', (SELECT count(*) FROM larder_cache), 3);

-- Making room ends, too: what it may remove is removed.
DROP TRIGGER put_back;
SELECT kv_config('cache.max_entries', 3), cache_set('d', 1);
INSERT INTO expect VALUES ('c lives', cache_get('c'), 1), ('there is room', (SELECT count(*) FROM larder_cache) <= 3, 1);
