-- cache_set: ttl must be a number of seconds, a text such as '15m', or NULL; got a BLOB of 2 bytes
SELECT cache_set('a', 1, x'3135');
