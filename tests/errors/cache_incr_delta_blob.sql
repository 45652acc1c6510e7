-- cache_incr: delta must be a number; got a BLOB of 1 bytes
SELECT cache_incr('a', x'31');
