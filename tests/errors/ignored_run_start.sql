-- run_start: larder_run did not take the change: is there a trigger on it?
SELECT run_start('j', 60);
CREATE TRIGGER keep BEFORE INSERT ON larder_run BEGIN SELECT RAISE(IGNORE); END;
SELECT run_start('k', 60);
