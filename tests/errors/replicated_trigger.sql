-- kv_clock: a trigger keeps the time from being stored
SELECT kv_config('replicated', 1);
CREATE TRIGGER t BEFORE INSERT ON larder_meta WHEN new.name = 'replicated.now' BEGIN SELECT RAISE(IGNORE); END;
SELECT kv_clock(1000);
