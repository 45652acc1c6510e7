-- kv_cache: rowid cannot be set
INSERT INTO kv_cache(rowid, key, value) VALUES (7, 'a', 1);
