-- Larder's own version (name 'schema'), the settings of kv_config(), and what lease.sql says of 'lease.last_token'. No later version
-- changes this table.
CREATE TABLE IF NOT EXISTS main.larder_meta(
  name TEXT PRIMARY KEY NOT NULL,
  value
) WITHOUT ROWID;
