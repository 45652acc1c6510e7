-- cache_set: ttl must be a number of seconds, a text such as '15m', or NULL; got 'infs'
SELECT cache_set('a', 1, 'infs');
