-- The column that version 2 of the tables has added. cache.sql has it, behind the others.
ALTER TABLE main.larder_cache ADD COLUMN tag TEXT;
