-- starts: 4 at once
-- 1,000 orders in batches of 400, four runs side by side: three had work, one found none.
INSERT INTO expect VALUES
  ('each order has an invoice', (SELECT count(DISTINCT order_id) FROM invoice), 1000),
  ('and no order has two', (SELECT count(*) FROM invoice), 1000),
  ('the amounts are the orders''', (SELECT sum(amount) FROM invoice), (SELECT sum(amount) FROM orders)),
  ('each is marked', (SELECT done FROM kv_progress WHERE ledger = 'invoices'), 1000),
  ('the checkpoint is at the last order', checkpoint_get('invoices'), 1000),
  ('one report a day, however many runs',
    (SELECT count(*) FROM report), (SELECT count(*) FROM kv_ledger WHERE ledger = 'daily report')),
  ('the mark of a greeting ends', (SELECT max(expires_at - done_at) FROM kv_ledger WHERE ledger = 'greeting'), 30 * 86400.0),
  -- How many of the four were let in depends on how they overlap.
  ('no mail was sent twice', (SELECT count(*) FROM mail), (SELECT count(DISTINCT order_id) FROM mail)),
  ('each run that was let in sent what was left, up to 300',
    (SELECT count(*) FROM mail), (SELECT sum(done) FROM kv_run)),
  ('and there was one at least', (SELECT count(*) FROM mail) >= 300, 1),
  ('every run has ended', (SELECT count(*) FROM kv_run WHERE status <> 'finished'), 0),
  ('one run applied the migrations', (SELECT count(*) FROM larder_migration), 2);
