-- Who may do what only one may do at a time. Times are Unix seconds. A lease is dead when expires_at <= now; NULL never dies. One that
-- was given back has no owner and died before all time.
--
-- The tokens of one name only grow. A dead row keeps the latest one until a sweep removes it; larder_meta then remembers, as
-- 'lease.last_token', the greatest token of all that were removed, and a new row begins above it.
CREATE TABLE IF NOT EXISTS main.larder_lease(
  name TEXT PRIMARY KEY NOT NULL,
  owner TEXT,
  token INTEGER NOT NULL CHECK (typeof(token) = 'integer'),
  acquired_at REAL NOT NULL,
  expires_at REAL
) WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS main.larder_lease_expires ON larder_lease(expires_at) WHERE expires_at IS NOT NULL;
