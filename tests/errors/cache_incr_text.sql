-- cache_incr: the value must be a number; it is 'seven'
SELECT cache_set('a', 'seven');
SELECT cache_incr('a');
