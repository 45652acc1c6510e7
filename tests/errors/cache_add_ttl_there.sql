-- cache_add: ttl must be a number of seconds, a text such as '15m', or NULL; got 'soon'
-- A wrong ttl is wrong also where it would not be used.
SELECT cache_set('a', 1);
SELECT cache_add('a', 1, 'soon');
