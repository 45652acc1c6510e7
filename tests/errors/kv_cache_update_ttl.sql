-- kv_cache: ttl must be a number of seconds, a text such as '15m', or NULL; got 'soon'
INSERT INTO kv_cache(key, value) VALUES ('a', 1);
UPDATE kv_cache SET ttl = 'soon';
