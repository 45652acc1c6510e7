-- kv_cache: tag must be a text that is not empty, or NULL; got a BLOB of 1 byte
SELECT cache_set('a', 1);
UPDATE kv_cache SET tag = x'00';
