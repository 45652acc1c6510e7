-- rate_take: period must be at most 1e11 seconds; got Inf
SELECT rate_take('a', 1, 9e999);
