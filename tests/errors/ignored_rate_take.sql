-- rate_take: larder_rate did not take the change: is there a trigger on it?
SELECT rate_take('r', 2, 60);
CREATE TRIGGER keep BEFORE UPDATE ON larder_rate BEGIN SELECT RAISE(IGNORE); END;
SELECT rate_take('r', 2, 60);
