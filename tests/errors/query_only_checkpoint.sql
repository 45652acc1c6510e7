-- checkpoint_set: attempt to write a readonly database (8)
SELECT checkpoint_set('orders', 1);
PRAGMA query_only = ON;
SELECT checkpoint_set('orders', 2);
