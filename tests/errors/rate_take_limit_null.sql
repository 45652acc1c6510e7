-- rate_take: limit must be a whole number; got NULL
SELECT rate_take('a', NULL, '1s');
