-- cache_add: ttl must be a number of seconds, a text such as '15m', or NULL; got 'soon'
SELECT cache_add('a', 1, 'soon');
