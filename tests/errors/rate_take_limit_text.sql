-- rate_take: limit must be a whole number; got 'many'
SELECT rate_take('a', 'many', '1s');
