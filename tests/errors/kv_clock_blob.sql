-- kv_clock: t must be a number of seconds; got a BLOB of 1 bytes
SELECT kv_clock(x'31');
