-- lease_acquire: attempt to write a readonly database (8)
SELECT lease_acquire('a', 5);
PRAGMA query_only = ON;
SELECT lease_acquire('a', 5);
