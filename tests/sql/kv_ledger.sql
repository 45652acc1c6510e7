-- The ledgers as a table.
INSERT INTO expect VALUES ('before there is one', (SELECT count(*) FROM kv_ledger), 0);
SELECT kv_clock(1000);
SELECT ledger_mark('import', 'a', 'result', 60);
INSERT INTO larder_ledger(ledger, id, status, payload, attempts, error, owner, token, claimable_at, created_at) VALUES
  ('work', 'p', 'pending', '{"n":1}', 0, NULL, NULL, NULL, 1000, 900), ('work', 'c', 'claimed', NULL, 1, NULL, 'host:1', 5, 1060, 901),
  ('work', 'f', 'failed', NULL, 2, 'timeout', NULL, 5, 1100, 902);
INSERT INTO expect SELECT 'done row', concat, 'import a done  result 0    1000.0 1000.0 1060.0' FROM (
  SELECT ledger || ' ' || id || ' ' || status || ' ' || coalesce(payload, '') || ' ' || result || ' ' || attempts || ' ' || coalesce(error, '') || ' ' ||
    coalesce(owner, '') || ' ' || coalesce(token, '') || coalesce(lease_until, '') || ' ' || created_at || ' ' || done_at || ' ' || expires_at AS concat
  FROM kv_ledger WHERE ledger = 'import' AND id = 'a');
INSERT INTO expect VALUES
  ('claimed: owner', (SELECT owner FROM kv_ledger WHERE ledger = 'work' AND id = 'c'), 'host:1'),
  ('claimed: token', (SELECT token FROM kv_ledger WHERE ledger = 'work' AND id = 'c'), 5),
  ('claimed: lease_until', (SELECT lease_until FROM kv_ledger WHERE ledger = 'work' AND id = 'c'), 1060.0),
  ('pending: no lease', (SELECT lease_until FROM kv_ledger WHERE ledger = 'work' AND id = 'p'), NULL),
  ('failed: no lease', (SELECT lease_until FROM kv_ledger WHERE ledger = 'work' AND id = 'f'), NULL),
  ('failed: error', (SELECT error FROM kv_ledger WHERE ledger = 'work' AND id = 'f'), 'timeout'),
  ('pending: payload', (SELECT payload FROM kv_ledger WHERE ledger = 'work' AND id = 'p'), '{"n":1}'),
  ('by ledger', (SELECT count(*) FROM kv_ledger WHERE ledger = 'work'), 3),
  ('by id', (SELECT count(*) FROM kv_ledger WHERE id = 'a'), 1),
  ('by status', (SELECT count(*) FROM kv_ledger WHERE status = 'failed'), 1),
  ('IN', (SELECT count(*) FROM kv_ledger WHERE ledger IN ('work', 'import') AND id IN ('a', 'c', 'x')), 2),
  ('NULL', (SELECT count(*) FROM kv_ledger WHERE ledger = NULL AND id = 'a'), 0),
  ('NULL id', (SELECT count(*) FROM kv_ledger WHERE ledger = 'work' AND id = NULL), 0),
  ('join', (SELECT group_concat(b.id) FROM (SELECT 'work' AS l, 'c' AS i) JOIN kv_ledger AS b ON b.ledger = l AND b.id = i), 'c'),
  ('order', (SELECT group_concat(id) FROM (SELECT id FROM kv_ledger ORDER BY id DESC)), 'p,f,c,a');
