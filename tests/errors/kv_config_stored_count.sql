-- cache_set: sweep.per_insert must be a whole number; got 'many'
-- Anything may be in the file: a setting that another program wrote is checked when it is used.
SELECT cache_set('a', 1);
UPDATE larder_meta SET value = 'many' WHERE name = 'sweep.per_insert';
INSERT INTO larder_meta(name, value) SELECT 'sweep.per_insert', 'many' WHERE changes() = 0;
SELECT cache_set('b', 1);
