-- UNIQUE constraint failed: kv_cache.key
INSERT INTO kv_cache(key, value) VALUES (42, 1);
INSERT OR ABORT INTO kv_cache(key, value) VALUES ('42', 2);
