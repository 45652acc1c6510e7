-- cache_set: larder_cache in this database is not Larder's
CREATE TABLE larder_cache(key, value);
SELECT cache_set('a', 1);
