-- kv_cache: set ttl or expires_at, not both
INSERT INTO kv_cache(key, value, ttl, expires_at) VALUES ('a', 1, 5, 1e12);
