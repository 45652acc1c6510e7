-- kv_cache: expires_at must be a time in Unix seconds or NULL; got 'soon'
INSERT INTO kv_cache(key, value) VALUES ('a', 1);
UPDATE kv_cache SET expires_at = 'soon';
