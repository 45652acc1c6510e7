-- rate_take: name must not be NULL
SELECT rate_take(NULL, 1, '1s');
