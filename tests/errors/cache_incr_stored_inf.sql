-- cache_incr: the sum of the value and delta is not a finite number
SELECT cache_set('a', 9e999);
SELECT cache_incr('a');
