-- kv_clock: 'replicated.now' in larder_meta is no time; got 'noon'
SELECT kv_config('replicated', 1);
SELECT kv_clock(1);
UPDATE larder_meta SET value = 'noon' WHERE name = 'replicated.now';
SELECT kv_clock(2);
