-- cache_incr: the sum of the value and delta is not a finite number
SELECT cache_incr('a', 9e999);
