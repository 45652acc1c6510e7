-- cache_incr: delta must be a number; got 'one'
SELECT cache_incr('a', 'one');
