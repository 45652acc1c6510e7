-- checkpoint_set: larder_checkpoint did not take the change: is there a trigger on it?
SELECT checkpoint_set('c', 1);
CREATE TRIGGER keep BEFORE UPDATE ON larder_checkpoint BEGIN SELECT RAISE(IGNORE); END;
SELECT checkpoint_set('c', 2);
