-- cache_incr: delta must be a number; got NULL
SELECT cache_incr('a', NULL);
