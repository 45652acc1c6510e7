-- kv_config: cache.default_ttl must be a number of seconds, a text such as '15m', or NULL; got 'soon'
SELECT kv_config('cache.default_ttl', 'soon');
