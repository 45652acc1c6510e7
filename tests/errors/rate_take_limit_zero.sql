-- rate_take: limit must be more than 0; got 0
SELECT rate_take('a', 0, '1s');
