-- A file of an earlier Larder, whose ledger has no columns for the line: it is read as it is, and the first write gives it what is new.
CREATE TABLE larder_meta(
  name TEXT PRIMARY KEY NOT NULL,
  value
) WITHOUT ROWID;
INSERT INTO larder_meta VALUES ('schema', 1);
CREATE TABLE larder_ledger(
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
CREATE INDEX larder_ledger_claimable ON larder_ledger(ledger, claimable_at, token) WHERE claimable_at IS NOT NULL;
CREATE INDEX larder_ledger_expires ON larder_ledger(expires_at) WHERE expires_at IS NOT NULL;
INSERT INTO larder_ledger(ledger, id, status, attempts, error, owner, token, claimable_at, created_at, done_at) VALUES
  ('l', 'first', 'pending', 0, NULL, NULL, 1, 900, 900, NULL), ('l', 'second', 'pending', 0, NULL, NULL, 2, 900, 900, NULL), ('l', 'failed', 'failed', 1, 'x', NULL, 3, 950, 900, NULL),
  ('l', 'later', 'failed', 1, 'x', NULL, 3, 2000, 900, NULL), ('l', 'held', 'claimed', 1, NULL, 'me', 2, 1060, 900, NULL), ('l', 'lost', 'claimed', 1, NULL, 'me', 2, 990, 900, NULL),
  ('l', 'ever', 'claimed', 1, NULL, 'me', 2, NULL, 900, NULL), ('l', 'done', 'done', 0, NULL, NULL, NULL, NULL, 900, 900);
SELECT kv_clock(1000);
INSERT INTO expect SELECT 'read', group_concat(id || ' ' || status || ' ' || priority || quote(lease_until) || quote(claimable_at) || quote(claimed_at), ', '),
  'done done 0NULLNULLNULL, ever claimed 0NULLNULLNULL, failed failed 0NULL950.0NULL, first pending 0NULL900.0NULL, held claimed 01060.01060.0NULL, later failed 0NULL2000.0NULL, lost pending 0990.0990.0NULL, second pending 0NULL900.0NULL'
  FROM kv_ledger;
INSERT INTO expect SELECT 'by ledger and id', count(*) || (SELECT count(*) FROM kv_ledger WHERE ledger = 'l' AND id = 'lost'), '81' FROM kv_ledger WHERE ledger = 'l';
INSERT INTO expect SELECT 'progress', pending || claimed || done || failed, '3212' FROM kv_progress;
INSERT INTO expect VALUES ('seen', ledger_seen('l', 'done'), 1), ('counted', (SELECT value FROM kv_stats WHERE name = 'ledger_ids'), 8);
INSERT INTO expect SELECT 'nothing was written', count(*), 13 FROM pragma_table_info('larder_ledger');
-- The first write.
INSERT INTO expect SELECT 'in line', group_concat(json_extract(value, '$.id')), 'first,second,failed,lost' FROM json_each(ledger_next('l', 60, NULL, 9));
INSERT INTO expect SELECT 'upgraded', count(*), 16 FROM pragma_table_info('larder_ledger');
INSERT INTO expect VALUES ('held', ledger_renew('l', 'held', 2, 600), 1), ('for ever', ledger_release('l', 'ever', 2), 1), ('not yet', ledger_claim('l', 'later', 60), NULL);
INSERT INTO expect SELECT 'all in order', group_concat(status), 'ok' FROM kv_check WHERE name = 'ledger';
