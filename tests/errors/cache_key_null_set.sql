-- cache_set: key must not be NULL
SELECT cache_set(NULL, 1);
