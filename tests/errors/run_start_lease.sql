-- run_start: lease must be a number of seconds, a text such as '15m', or NULL; got 'soon'
SELECT run_start('a', 'soon');
