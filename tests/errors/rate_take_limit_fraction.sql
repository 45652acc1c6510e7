-- rate_take: limit must be a whole number; got 2.5
SELECT rate_take('a', 2.5, '1s');
