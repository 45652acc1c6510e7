-- cache_add: key must not be NULL
SELECT cache_add(NULL, 1);
