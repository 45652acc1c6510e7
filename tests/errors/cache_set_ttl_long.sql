-- cache_set: ttl must be a number of seconds, a text such as '15m', or NULL; got 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...'
-- A value of any size is cut to what a reader can use.
SELECT cache_set('a', 1, replace(hex(zeroblob(1000000)), '0', 'x'));
