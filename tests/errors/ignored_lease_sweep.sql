-- kv_sweep: larder_meta did not take the change: is there a trigger on it?
SELECT kv_clock(1000), lease_acquire('l', 5), kv_clock(2000);
CREATE TRIGGER keep BEFORE INSERT ON larder_meta BEGIN SELECT RAISE(IGNORE); END;
SELECT kv_sweep();
