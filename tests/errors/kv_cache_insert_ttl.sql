-- kv_cache: ttl must be a number of seconds, a text such as '15m', or NULL; got 'soon'
INSERT INTO kv_cache(key, value, ttl) VALUES ('a', 1, 'soon');
