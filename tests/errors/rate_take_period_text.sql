-- rate_take: period must be a number of seconds, a text such as '15m', or NULL; got 'soon'
SELECT rate_take('a', 1, 'soon');
