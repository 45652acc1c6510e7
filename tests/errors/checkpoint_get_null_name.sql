-- checkpoint_get: name must not be NULL
SELECT checkpoint_get(NULL);
