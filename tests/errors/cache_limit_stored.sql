-- cache_set: cache.max_entries must be a whole number; got 'many'
SELECT cache_set('a', 1);
.system echo ".load $LARDER" >load.sql
INSERT INTO larder_meta VALUES ('cache.max_entries', 'many');
.open test.db
.read load.sql
SELECT cache_get('a');
SELECT cache_set('a', 1);
