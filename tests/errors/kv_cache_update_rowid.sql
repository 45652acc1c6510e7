-- kv_cache: rowid cannot be set
-- Ignoring it would say that something was done.
INSERT INTO kv_cache(key, value) VALUES ('a', 1);
UPDATE kv_cache SET rowid = 77;
