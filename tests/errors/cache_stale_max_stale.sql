-- cache_stale: max_stale must be a number of seconds, a text such as '15m', or NULL; got 'long'
SELECT cache_stale('a', 'long');
