-- Which tables of the user's have rows that expire. A row is due once `column_name` + `after` has come, or `column_name` alone where `after`,
-- a number of seconds, is NULL. unit says what the column holds: 's' and 'ms' are Unix time, 'text' is a date that unixepoch() reads.
-- error: why the latest sweep of the table ended early; NULL when it did not.
CREATE TABLE IF NOT EXISTS main.larder_expiry(
  table_name TEXT PRIMARY KEY NOT NULL COLLATE NOCASE,
  column_name TEXT NOT NULL,
  after REAL,
  unit TEXT NOT NULL CHECK (unit = 's' OR unit = 'ms' OR unit = 'text'),
  last_swept_at REAL,
  error TEXT
) WITHOUT ROWID;
