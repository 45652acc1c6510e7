-- migrate: source must be the path of a directory, or NULL for what was declared; got 3
-- Here the target was meant.
SELECT migrate(3);
