-- kv_config: run.keep must be a number of seconds, a text such as '15m', or NULL; got 'long'
SELECT kv_config('run.keep', 'long');
