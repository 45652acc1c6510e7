-- lease_check: name must not be NULL
SELECT lease_check(NULL, 1);
