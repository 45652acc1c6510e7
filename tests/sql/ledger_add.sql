-- Work to be done: an id that waits, with what there is to know about it.
SELECT kv_clock(1000);
INSERT INTO expect VALUES
  ('new', ledger_add('work', 'a', '{"n":1}'), 1), ('known', ledger_add('work', 'a', 'other'), 0),
  ('its payload stays', (SELECT payload FROM kv_ledger WHERE id = 'a'), '{"n":1}'),
  ('without one', ledger_add('work', 'b'), 1), ('it is NULL', (SELECT payload FROM kv_ledger WHERE id = 'b'), NULL),
  ('it waits', (SELECT status FROM kv_ledger WHERE id = 'a'), 'pending'), ('it is not done', ledger_seen('work', 'a'), 0),
  ('nobody has claimed it', (SELECT attempts || coalesce(owner, '-') || coalesce(token, '-') || coalesce(lease_until, '-') FROM kv_ledger WHERE id = 'a'), '0---'),
  ('created', (SELECT created_at FROM kv_ledger WHERE id = 'a'), 1000.0),
  ('number', ledger_add('work', 7), 1), ('its text', ledger_add('work', '7'), 0), ('real', ledger_add('work', 7.0), 0),
  ('another ledger', ledger_add('other', 'a'), 1);

-- Known in any state; unless it is forgotten.
SELECT ledger_mark('work', 'done'), ledger_skip('work', 'skipped', 'why'), ledger_claim('work', 'claimed', 60), ledger_mark('work', 'short', 'result', 10);
INSERT INTO expect SELECT id, ledger_add('work', id), 0 FROM (SELECT id FROM larder_ledger WHERE ledger = 'work' ORDER BY id);
SELECT kv_clock(1010);
INSERT INTO expect VALUES
  ('forgotten', ledger_add('work', 'short', 'again'), 1), ('it waits again', (SELECT status FROM kv_ledger WHERE id = 'short'), 'pending'),
  ('with its new payload', (SELECT payload FROM kv_ledger WHERE id = 'short'), 'again'),
  ('and nothing else', (SELECT count(*) FROM kv_ledger WHERE id = 'short' AND result IS NULL AND done_at IS NULL AND expires_at IS NULL AND created_at = 1010), 1);

-- In bulk.
CREATE TEMP TABLE page AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) SELECT 'page ' || i AS url FROM n;
INSERT INTO expect VALUES ('all', (SELECT sum(ledger_add('pages', url)) FROM page), 3000), ('again', (SELECT sum(ledger_add('pages', url)) FROM page), 0);
