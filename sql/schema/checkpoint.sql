-- Where a job stands. Checkpoints never expire.
CREATE TABLE IF NOT EXISTS main.larder_checkpoint(
  name TEXT PRIMARY KEY NOT NULL,
  value,
  updated_at REAL NOT NULL
) WITHOUT ROWID;
