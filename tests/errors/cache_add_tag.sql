-- cache_add: tag must be a text that is not empty, or NULL; got a BLOB of 0 bytes
SELECT cache_add('a', 1, 60, x'');
