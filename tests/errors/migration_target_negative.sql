-- migrate: target must be 0 or more; got -1
SELECT migrate(NULL, -1);
