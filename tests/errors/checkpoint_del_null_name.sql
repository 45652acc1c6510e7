-- checkpoint_del: name must not be NULL
SELECT checkpoint_del(NULL);
