-- cache_set: attempt to write a readonly database (8)
PRAGMA query_only = ON;
SELECT cache_set('a', 1);
