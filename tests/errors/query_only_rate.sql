-- rate_take: attempt to write a readonly database (8)
PRAGMA query_only = ON;
SELECT rate_take('a', 1, '1s');
