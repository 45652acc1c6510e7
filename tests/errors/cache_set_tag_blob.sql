-- cache_set: tag must be a text that is not empty, or NULL; got a BLOB of 2 bytes
SELECT cache_set('a', 1, 60, x'0102');
