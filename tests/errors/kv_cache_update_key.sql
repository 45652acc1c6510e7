-- kv_cache: only value, ttl, expires_at and tag can be changed
INSERT INTO kv_cache(key, value) VALUES ('a', 1);
UPDATE kv_cache SET key = 'b';
