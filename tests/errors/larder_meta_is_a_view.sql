-- kv_config: larder_meta in this database is not Larder's
CREATE VIEW larder_meta AS SELECT 'schema' AS name, 99 AS value;
SELECT kv_config('cache.default_ttl');
