-- cache_get: larder_cache in this database is not Larder's
CREATE VIEW larder_cache AS SELECT 'a' AS key, 1 AS value, NULL AS expires_at;
SELECT cache_get('a');
