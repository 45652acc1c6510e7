-- NOT NULL constraint failed: kv_cache.key
INSERT INTO kv_cache(key, value) VALUES (NULL, 1);
