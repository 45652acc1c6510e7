-- cache_incr: the sum of the value and delta is not a finite number
SELECT cache_set('a', 1.7e308);
SELECT cache_incr('a', 1.7e308);
