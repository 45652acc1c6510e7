-- Marking settles whatever state an id was in; only done counts as done.
SELECT kv_clock(1000);
SELECT ledger_mark('work', 'done', 'kept');
INSERT INTO larder_ledger(ledger, id, status, attempts, error, owner, token, claimable_at, created_at) VALUES
  ('work', 'pending', 'pending', 0, NULL, NULL, NULL, 900, 900), ('work', 'claimed', 'claimed', 1, NULL, 'me', 5, 1060, 900),
  ('work', 'failed', 'failed', 2, 'timeout', NULL, NULL, 1100, 900), ('work', 'dead', 'dead', 9, 'no such page', NULL, NULL, NULL, 900),
  ('work', 'skipped', 'skipped', 0, 'empty', NULL, NULL, NULL, 900);
INSERT INTO expect SELECT 'seen: ' || id, ledger_seen('work', id), status = 'done' FROM larder_ledger;
INSERT INTO expect SELECT 'result: ' || id, ledger_result('work', id), iif(status = 'done', 'kept', NULL) FROM larder_ledger;
SELECT ledger_mark('work', id, 'new') FROM (SELECT DISTINCT id FROM larder_ledger ORDER BY id);
INSERT INTO expect SELECT 'now seen: ' || id, ledger_seen('work', id), 1 FROM larder_ledger;
INSERT INTO expect SELECT 'now result: ' || id, ledger_result('work', id), iif(id = 'done', 'kept', 'new') FROM larder_ledger;
INSERT INTO expect VALUES
  ('none is claimable', (SELECT count(*) FROM larder_ledger WHERE claimable_at IS NOT NULL), 0),
  ('none has an error', (SELECT count(*) FROM kv_ledger WHERE error IS NOT NULL OR owner IS NOT NULL), 0),
  ('attempts are history', (SELECT attempts FROM kv_ledger WHERE ledger = 'work' AND id = 'failed'), 2),
  ('created_at too', (SELECT created_at FROM kv_ledger WHERE ledger = 'work' AND id = 'failed'), 900.0),
  ('done_at', (SELECT done_at FROM kv_ledger WHERE ledger = 'work' AND id = 'failed'), 1000.0);
