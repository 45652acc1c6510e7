-- lease_renew: token must be a whole number; got NULL
-- What lease_acquire() returns while somebody else holds it.
SELECT lease_renew('a', NULL, 5);
