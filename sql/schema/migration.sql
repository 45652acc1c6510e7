-- Which migrations were applied, with the text that ran. checksum is of `up`; duration is in seconds, NULL for a migration that was
-- marked as applied and not run.
CREATE TABLE IF NOT EXISTS main.larder_migration(
  version INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  up TEXT NOT NULL,
  down TEXT,
  checksum TEXT NOT NULL,
  source TEXT NOT NULL,
  applied_at REAL NOT NULL,
  duration REAL
);
