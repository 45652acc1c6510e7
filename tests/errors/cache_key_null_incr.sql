-- cache_incr: key must not be NULL
SELECT cache_incr(NULL);
