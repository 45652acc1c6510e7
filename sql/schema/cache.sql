-- The cache. Times are Unix seconds. A row is dead when expires_at <= now; expires_at NULL never dies.
--
-- sweep_at is a lower bound of expires_at, and the only one of the two that is indexed: refreshing a key leaves it, and so the
-- index, alone. Always: sweep_at IS NULL exactly when expires_at IS NULL, else sweep_at <= expires_at.
-- used_at: when it was last read, as far as that was written down; only where a limit is set. claimed_until: while somebody
-- works out a new value, and no sweep removes the row; storing a value makes it NULL. A key that is claimed before it had a value is a
-- placeholder: expires_at and sweep_at are -Inf, so that it is dead for every clock there is, and value is NULL.
-- The value comes behind what is read often: a large one continues on other pages, which are read and written only when it is. tag: one
-- word by which entries are removed together, see cache_clear_tag(); NULL for most, so its index holds only those that have one.
CREATE TABLE IF NOT EXISTS main.larder_cache(
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  created_at REAL NOT NULL,
  expires_at REAL,
  sweep_at REAL,
  used_at REAL,
  claimed_until REAL,
  value,
  tag TEXT
);

CREATE INDEX IF NOT EXISTS main.larder_cache_sweep ON larder_cache(sweep_at) WHERE sweep_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS main.larder_cache_tag ON larder_cache(tag) WHERE tag IS NOT NULL;
