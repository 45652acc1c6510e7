-- cache_incr: integer overflow: -9223372036854775808 + -1
SELECT cache_set('a', -9223372036854775807 - 1);
SELECT cache_incr('a', -1);
