-- cache_cas: ttl must be a number of seconds, a text such as '15m', or NULL; got 'soon'
SELECT cache_cas('a', 1, 2, 'soon');
