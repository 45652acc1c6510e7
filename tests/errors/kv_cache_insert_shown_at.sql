-- kv_cache: shown_at cannot be set
INSERT INTO kv_cache(key, value, shown_at) VALUES ('a', 1, 2);
