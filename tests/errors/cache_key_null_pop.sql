-- cache_pop: key must not be NULL
SELECT cache_pop(NULL);
