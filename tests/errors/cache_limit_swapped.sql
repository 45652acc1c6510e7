-- cache_set: the cache is full and none of its other entries can be removed
-- A trigger of the user's makes now the entries less and the bytes more, and now the other way round: making room ends all the same.
CREATE TABLE latest(n);
INSERT INTO latest VALUES (0);
SELECT cache_set('large', zeroblob(1000));
UPDATE larder_cache SET id = 1000000;
WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 9) SELECT count(cache_set(i, zeroblob(1000))) FROM c;
UPDATE larder_cache SET id = id - 1000000 WHERE id > 1000000;
SELECT kv_config('cache.max_entries', 10), kv_config('cache.max_bytes', 10200), kv_config('cache.policy', 'fifo');
CREATE TRIGGER swap AFTER DELETE ON larder_cache BEGIN
  UPDATE latest SET n = n + 1;
  UPDATE larder_cache SET value = zeroblob(iif((SELECT n % 2 FROM latest), 2500, 1000)) WHERE id = 1000000;
  INSERT INTO larder_cache(id, key, value, created_at) SELECT old.id, old.key, old.value, 0 FROM latest WHERE n % 2 = 0;
  INSERT INTO larder_cache(id, key, value, created_at) SELECT old.id - 1, old.key || 'x', '', 0 FROM latest WHERE n % 2 = 0;
END;
SELECT cache_set('new', zeroblob(100));
