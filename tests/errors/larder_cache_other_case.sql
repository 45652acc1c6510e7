-- cache_get: larder_cache in this database is not Larder's
-- SQLite does not tell the case of a name.
CREATE TABLE Larder_Cache(key, value);
SELECT cache_get('a');
