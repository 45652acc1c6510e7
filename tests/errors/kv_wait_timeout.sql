-- kv_wait: timeout must be a number of seconds, a text such as '15m', or NULL; got 'soon'
SELECT kv_wait('soon');
