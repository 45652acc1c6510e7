-- kv_cache: expires_at must be a time in Unix seconds or NULL; got '15m'
-- A moment has no unit.
INSERT INTO kv_cache(key, value, expires_at) VALUES ('a', 1, '15m');
