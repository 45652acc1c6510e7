-- kv_busy_timeout: ms must be a whole number; got NULL
SELECT kv_busy_timeout(NULL);
