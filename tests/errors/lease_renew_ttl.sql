-- lease_renew: ttl must be more than 0; got -1
SELECT lease_renew('a', 1, -1);
