-- calls are nested too deeply: does a trigger call itself?
PRAGMA trusted_schema = ON;
-- Each insert makes another one: an error, not a stack that runs over.
SELECT cache_set('a', 1);
CREATE TRIGGER chain AFTER INSERT ON larder_cache BEGIN SELECT cache_set(new.key || 'x', 1); END;
SELECT cache_set('b', 1);
