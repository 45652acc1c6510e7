-- kv_busy_timeout: ms must be from 0 to 2147483647; got -1
SELECT kv_busy_timeout(-1);
