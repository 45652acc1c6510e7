-- cache_get: attempt to write a readonly database (8)
SELECT cache_set('a', 1);
PRAGMA query_only = ON;
SELECT cache_get('a', NULL, 60);
