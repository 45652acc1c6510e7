-- cache_stale: key must not be NULL
SELECT cache_stale(NULL);
