-- lease_release: name must not be NULL
SELECT lease_release(NULL, 1);
