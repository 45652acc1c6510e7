-- cache_touch: ttl must be a number of seconds, a text such as '15m', or NULL; got 'soon'
SELECT cache_touch('a', 'soon');
