-- cache_get: key must not be NULL
SELECT cache_get(NULL);
