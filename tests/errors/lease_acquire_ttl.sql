-- lease_acquire: ttl must be a number of seconds, a text such as '15m', or NULL; got 'soon'
SELECT lease_acquire('a', 'soon');
