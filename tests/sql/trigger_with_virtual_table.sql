-- A trigger on Larder's tables may use virtual tables.
SELECT cache_set('a', '[1]');
CREATE TABLE tag(key, value);
CREATE TRIGGER jt AFTER INSERT ON larder_cache BEGIN
  INSERT INTO tag SELECT new.key, value FROM json_each(new.value);
END;
SELECT cache_set('b', '[1, 2]');
INSERT INTO expect SELECT 'tags', count(*), 2 FROM tag WHERE key = 'b';
