-- attempt to write a readonly database (8)
SELECT cache_set('a', 1);
PRAGMA query_only = ON;
INSERT INTO kv_cache(key, value) VALUES ('b', 1);
