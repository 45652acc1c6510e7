-- lease_acquire: name must not be NULL
SELECT lease_acquire(NULL, 5);
