-- cache_has: key must not be NULL
SELECT cache_has(NULL);
