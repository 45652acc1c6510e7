-- cache_claim: ttl must be a number of seconds, a text such as '15m', or NULL; got 'soon'
SELECT cache_claim('a', 'soon');
