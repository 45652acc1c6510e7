-- cache_get: larder_cache in this database is not Larder's
SELECT cache_set('k', 1);
.dbconfig defensive off
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = sql || char(0) || 'hidden' WHERE name = 'larder_cache';
PRAGMA schema_version = 99;
SELECT cache_get('k');
