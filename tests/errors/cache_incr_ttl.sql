-- cache_incr: ttl must be a number of seconds, a text such as '15m', or NULL; got 'soon'
SELECT cache_incr('a', 1, 'soon');
