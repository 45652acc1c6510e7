-- migrate_down: migration 7 (planted) is not declared here, and no script is taken from the file
-- The history may have been written by anybody.
SELECT cache_set('a', 1);
INSERT INTO larder_migration VALUES (7, 'planted', '', 'CREATE TABLE harm(x)', 'x', '', 0, 0);
SELECT migrate_down(0);
