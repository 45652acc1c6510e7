-- kv_busy_timeout: ms must be a whole number; got '5s'
SELECT kv_busy_timeout('5s');
