-- migrate: order must be 'any order' or NULL; got 'any'
SELECT migrate(NULL, NULL, 'any');
