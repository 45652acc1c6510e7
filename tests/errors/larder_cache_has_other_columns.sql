-- cache_get: larder_cache in this database is not Larder's
CREATE TABLE larder_cache(key, value);
SELECT cache_get('a');
