-- rate_take: cost must be a whole number; got NULL
SELECT rate_take('a', 5, '1s', NULL);
