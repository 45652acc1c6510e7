-- kv_busy_timeout: ms must be from 0 to 2147483647; got 2147483648
SELECT kv_busy_timeout(2147483648);
