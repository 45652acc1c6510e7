-- kv_clock: t must be a number of seconds; got '15m'
SELECT kv_clock('15m');
