-- lease_acquire: ttl must be more than 0; got 0
SELECT lease_acquire('a', 0);
