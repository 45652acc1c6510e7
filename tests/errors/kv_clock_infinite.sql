-- kv_clock: t must be a number of seconds; got Inf
SELECT kv_clock(9e999);
