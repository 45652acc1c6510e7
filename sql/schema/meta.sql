-- Larder's own version (name 'schema'), the settings of kv_config(), and the highest token of the ledger rows that were removed
-- ('ledger.fence'). No later version changes this table.
CREATE TABLE IF NOT EXISTS main.larder_meta(
  name TEXT PRIMARY KEY NOT NULL,
  value
) WITHOUT ROWID;
