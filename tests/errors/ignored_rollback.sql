-- kv_cache: kept
SELECT kv_clock(1000), cache_set('dead', 1, 5), kv_clock(2000);
CREATE TRIGGER keep BEFORE DELETE ON larder_cache BEGIN SELECT RAISE(ROLLBACK, 'kept'); END;
INSERT INTO kv_cache(key, value) VALUES ('new', 1);
