-- cache_incr: the value must be a number; it is a BLOB of 3 bytes
SELECT cache_set('a', x'010203');
SELECT cache_incr('a');
