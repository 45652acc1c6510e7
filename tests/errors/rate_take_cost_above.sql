-- rate_take: cost must be from 0 to limit, which is 5; got 6
SELECT rate_take('a', 5, '1s', 6);
