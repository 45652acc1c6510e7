-- What is done, to be done, and who is doing it. Times are Unix seconds. A row whose expires_at has come is forgotten.
--
-- claimable_at: when the row may be claimed (again): when it was added, the end of the lease while it is claimed, the time of the next
-- try after a failure. NULL once it is settled, so that the rows of a finished import cost no index entry, and while it is claimed for ever.
-- token: grows with each claim. A row that waits has one already, nobody's yet, by which rows added in the same millisecond stay in line.
CREATE TABLE IF NOT EXISTS main.larder_ledger(
  ledger TEXT NOT NULL,
  id TEXT NOT NULL,
  status TEXT NOT NULL CHECK (
    status = 'done' OR status = 'pending' OR status = 'claimed' OR status = 'failed' OR status = 'dead' OR status = 'skipped'),
  payload,
  result,
  attempts INTEGER NOT NULL DEFAULT 0,
  error TEXT,
  owner TEXT,
  token INTEGER CHECK (typeof(token) = 'integer' OR token IS NULL),
  claimable_at REAL,
  created_at REAL NOT NULL,
  done_at REAL,
  expires_at REAL,
  PRIMARY KEY (ledger, id)
) WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS main.larder_ledger_claimable ON larder_ledger(ledger, claimable_at, token) WHERE claimable_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS main.larder_ledger_expires ON larder_ledger(expires_at) WHERE expires_at IS NOT NULL;
