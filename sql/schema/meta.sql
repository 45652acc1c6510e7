-- Larder's own version (name 'schema'), the settings of kv_config(), and what must only grow: the highest token of the ledger rows that
-- were removed ('ledger.fence'), the latest token of lease.sql, the latest id of run.sql. No later version changes this table.
CREATE TABLE IF NOT EXISTS main.larder_meta(
  name TEXT PRIMARY KEY NOT NULL,
  value
) WITHOUT ROWID;
