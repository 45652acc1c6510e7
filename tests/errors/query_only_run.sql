-- run_start: attempt to write a readonly database (8)
SELECT cache_set('a', 5);
PRAGMA query_only = ON;
SELECT run_start('a', 5);
