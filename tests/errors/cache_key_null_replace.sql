-- cache_replace: key must not be NULL
SELECT cache_replace(NULL, 1);
