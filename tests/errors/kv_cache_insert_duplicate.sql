-- UNIQUE constraint failed: kv_cache.key
INSERT INTO kv_cache(key, value) VALUES ('a', 1);
INSERT INTO kv_cache(key, value) VALUES ('a', 2);
