-- kv_cache: created_at must be a number of seconds; got 'yesterday'
INSERT INTO kv_cache(key, value, created_at) VALUES ('a', 1, 'yesterday');
