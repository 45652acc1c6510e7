-- cache_clear: prefix must not be NULL
-- A prefix that a program forgot to fill in must not empty the cache.
SELECT cache_clear(NULL);
