-- cache_cas: key must not be NULL
SELECT cache_cas(NULL, 1, 2);
