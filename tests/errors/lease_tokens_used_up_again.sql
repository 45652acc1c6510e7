-- lease_acquire: the tokens are used up
SELECT lease_acquire('b', 60), lease_release('b', 1);
UPDATE larder_lease SET token = 9223372036854775807;
SELECT lease_acquire('b', 60);
