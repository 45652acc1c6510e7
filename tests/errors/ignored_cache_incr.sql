-- cache_incr: larder_cache did not take the change: is there a trigger on it?
SELECT cache_set('n', 1);
CREATE TRIGGER keep BEFORE UPDATE ON larder_cache BEGIN SELECT RAISE(IGNORE); END;
SELECT cache_incr('n');
