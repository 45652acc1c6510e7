-- checkpoint_advance: name must not be NULL
SELECT checkpoint_advance(NULL, 1);
