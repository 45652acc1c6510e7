-- kv_cache: size cannot be set
INSERT INTO kv_cache(key, value, size) VALUES ('a', 1, 5);
