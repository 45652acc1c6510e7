-- kv_cache: created_at and size cannot be set
INSERT INTO kv_cache(key, value, created_at) VALUES ('a', 1, 5);
