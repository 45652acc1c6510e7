-- cache_get: larder_cache in this database is not Larder's
-- only where sqlite_compileoption_used('ENABLE_FTS5')
CREATE VIRTUAL TABLE larder_cache USING fts5(key, value);
SELECT cache_get('a');
