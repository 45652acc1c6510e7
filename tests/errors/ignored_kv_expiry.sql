-- kv_expiry: larder_expiry did not take the change: is there a trigger on it?
CREATE TABLE session(id, at); SELECT cache_set('n', 1);
CREATE TRIGGER keep BEFORE INSERT ON larder_expiry BEGIN SELECT RAISE(IGNORE); END;
INSERT INTO kv_expiry VALUES ('session', 'at', 0, 's');
