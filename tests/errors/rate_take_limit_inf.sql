-- rate_take: limit must be a whole number; got Inf
SELECT rate_take('a', 9e999, '1s');
