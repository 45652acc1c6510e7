-- The runs of each job. Times are Unix seconds, lease is a duration. A run whose status is 'running' is one that crashed once
-- lease_until <= now (NULL never comes); the next run_start() of its job writes that down.
--
-- The id is the run's token as well: larder_meta keeps the latest as 'run.last_id', so that none comes again after rows were deleted.
-- The index on running ones lets no job have two.
CREATE TABLE IF NOT EXISTS main.larder_run(
  id INTEGER PRIMARY KEY,
  job TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status = 'running' OR status = 'finished' OR status = 'failed' OR status = 'crashed'),
  owner TEXT NOT NULL,
  started_at REAL NOT NULL,
  heartbeat_at REAL NOT NULL,
  finished_at REAL,
  lease REAL,
  lease_until REAL,
  done INTEGER NOT NULL DEFAULT 0 CHECK (typeof(done) = 'integer'),
  total INTEGER,
  error TEXT
);

CREATE INDEX IF NOT EXISTS main.larder_run_job ON larder_run(job);
CREATE UNIQUE INDEX IF NOT EXISTS main.larder_run_running ON larder_run(job) WHERE status = 'running';
CREATE INDEX IF NOT EXISTS main.larder_run_ended ON larder_run(heartbeat_at) WHERE status <> 'running';
