-- cache_incr: the value must be a number; it is NULL
-- A stored NULL is a value, not a miss: it is no number to start from.
SELECT cache_set('a', NULL);
SELECT cache_incr('a');
