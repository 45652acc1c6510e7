-- cache_get: ttl must be a number of seconds, a text such as '15m', or NULL; got 'soon'
SELECT cache_set('a', 1);
SELECT cache_get('a', NULL, 'soon');
