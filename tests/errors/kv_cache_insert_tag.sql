-- kv_cache: tag must be a text that is not empty, or NULL; got ''
INSERT INTO kv_cache(key, value, tag) VALUES ('a', 1, '');
