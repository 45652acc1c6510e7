-- kv_cache: expires_at must be a time in Unix seconds or NULL; got '2030-01-01'
INSERT INTO kv_cache(key, value, expires_at) VALUES ('a', 1, '2030-01-01');
