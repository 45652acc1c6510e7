-- kv_clock: t must be a number of seconds; got 'noon'
SELECT kv_clock('noon');
