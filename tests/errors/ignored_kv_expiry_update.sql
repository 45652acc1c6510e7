-- kv_expiry: larder_expiry did not take the change: is there a trigger on it?
CREATE TABLE session(id, at);
INSERT INTO kv_expiry VALUES ('session', 'at', 0, 's');
CREATE TRIGGER keep BEFORE UPDATE ON larder_expiry BEGIN SELECT RAISE(IGNORE); END;
UPDATE kv_expiry SET after = 60;
