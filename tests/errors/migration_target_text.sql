-- migrate: target must be a whole number; got 'last'
SELECT migrate(NULL, 'last');
