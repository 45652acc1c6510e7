-- kv_cache: larder_cache in this database is not Larder's
CREATE VIEW larder_cache AS SELECT 'a' AS key;
SELECT * FROM kv_cache;
