-- cache_set: ttl must be a number of seconds, a text such as '15m', or NULL; got '1h30m'
-- One unit only.
SELECT cache_set('a', 1, '1h30m');
