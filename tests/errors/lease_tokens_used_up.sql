-- lease_acquire: CHECK constraint failed
SELECT lease_acquire('a', 5);
UPDATE larder_lease SET token = 9223372036854775807, expires_at = 0;
SELECT lease_acquire('a', 5);
