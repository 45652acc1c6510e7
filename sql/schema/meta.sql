-- Larder's own version (name 'schema') and the settings of kv_config(). No later version changes this table.
CREATE TABLE IF NOT EXISTS main.larder_meta(
  name TEXT PRIMARY KEY NOT NULL,
  value
) WITHOUT ROWID;
