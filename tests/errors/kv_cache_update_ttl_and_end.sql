-- kv_cache: set ttl or expires_at, not both
INSERT INTO kv_cache(key, value) VALUES ('a', 1);
UPDATE kv_cache SET ttl = 5, expires_at = 1e12;
