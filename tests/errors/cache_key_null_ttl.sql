-- cache_ttl: key must not be NULL
SELECT cache_ttl(NULL);
