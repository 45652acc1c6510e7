-- How much has been taken under each name. Times are Unix seconds. allowed_at: when everything that was taken will be paid off, at the rate
-- with which it was taken last; a row whose allowed_at has come has no effect any more. It is rounded up to a millisecond: rounding, less than 1,
-- says by how much of one, so that fractions add up. updated_at: when somebody took last.
--
-- sweep_at is a lower bound of allowed_at, and the only one that is indexed, as in cache.sql: taking leaves the index alone.
CREATE TABLE IF NOT EXISTS main.larder_rate(
  name TEXT PRIMARY KEY NOT NULL,
  allowed_at REAL NOT NULL,
  rounding REAL NOT NULL,
  updated_at REAL NOT NULL,
  sweep_at REAL NOT NULL
) WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS main.larder_rate_sweep ON larder_rate(sweep_at);
