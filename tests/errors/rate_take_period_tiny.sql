-- rate_take: period must be more than 0; got '0.1ms'
SELECT rate_take('a', 1, '0.1ms');
