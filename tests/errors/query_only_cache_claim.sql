-- cache_claim: attempt to write a readonly database (8)
SELECT cache_set('a', 5);
PRAGMA query_only = ON;
SELECT cache_claim('a', 5);
