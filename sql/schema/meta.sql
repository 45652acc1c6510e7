-- Larder's own version (name 'schema'), the settings of kv_config(), and the latest token of lease.sql and id of run.sql. No later
-- version changes this table.
CREATE TABLE IF NOT EXISTS main.larder_meta(
  name TEXT PRIMARY KEY NOT NULL,
  value
) WITHOUT ROWID;
