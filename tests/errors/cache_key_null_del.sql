-- cache_del: key must not be NULL
SELECT cache_del(NULL);
