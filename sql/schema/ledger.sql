-- What is done, to be done, and who is doing it. Times are Unix seconds. A row whose expires_at has come is forgotten.
--
-- A row that nobody has claimed either waits for its time (claimable_at) or stands in line (in_line_since), and is in one of the two
-- indexes. Once its time has come, the next ledger_next() puts it in line. There the greatest priority comes first, then who is there longest.
-- Then a claim whose lease has ended becomes pending, and keeps its owner, to say who had it.
-- claimable_at: the time of the first try, or of the next one after a failure; the end of the lease while it is claimed. NULL while it stands
-- in line, while it is claimed for ever, and once it is settled.
-- token: grows with each claim. A row that waits has one already, nobody's yet, by which rows added in the same millisecond stay in line.
-- claimed_at: when the latest claim began; NULL for a row that was never claimed.
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
  priority INTEGER NOT NULL DEFAULT 0,
  in_line_since REAL,
  claimed_at REAL,
  PRIMARY KEY (ledger, id)
) WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS main.larder_ledger_claimable ON larder_ledger(ledger, claimable_at, token) WHERE claimable_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS main.larder_ledger_line ON larder_ledger(ledger, priority DESC, in_line_since, token) WHERE in_line_since IS NOT NULL;
CREATE INDEX IF NOT EXISTS main.larder_ledger_expires ON larder_ledger(expires_at) WHERE expires_at IS NOT NULL;
