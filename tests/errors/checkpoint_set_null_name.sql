-- checkpoint_set: name must not be NULL
SELECT checkpoint_set(NULL, 1);
