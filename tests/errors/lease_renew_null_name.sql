-- lease_renew: name must not be NULL
SELECT lease_renew(NULL, 1, 5);
