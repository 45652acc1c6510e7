-- run_start: larder_meta did not take the change: is there a trigger on it?
SELECT run_start('j', 60);
CREATE TRIGGER keep BEFORE UPDATE ON larder_meta BEGIN SELECT RAISE(IGNORE); END;
SELECT run_start('k', 60);
