-- Skipped: on record that it will not be done, and why; it is not done.
SELECT kv_clock(1000);
SELECT ledger_add('work', 'pending', 'p'), ledger_claim('work', 'claimed', 60), ledger_mark('work', 'done', 'r'), ledger_mark('work', 'forgotten', 'r', 5);
SELECT ledger_claim('work', 'failed', 60), ledger_fail('work', 'failed', 1, 'timeout', 60), ledger_claim('work', 'dead', 60), ledger_fail('work', 'dead', 1, 'timeout', NULL);
SELECT kv_clock(1005);
INSERT INTO expect VALUES
  ('one that is not there', ledger_skip('work', 'new', 'empty file'), 1), ('again', ledger_skip('work', 'new', 'other'), 0), ('the first reason stays', (SELECT error FROM kv_ledger WHERE id = 'new'), 'empty file'),
  ('not seen', ledger_seen('work', 'new'), 0), ('no result', ledger_result('work', 'new'), NULL), ('not claimed', ledger_claim('work', 'new', 60), 0), ('known', ledger_add('work', 'new'), 0),
  ('done', ledger_skip('work', 'done', 'x'), 0), ('stays done', ledger_result('work', 'done'), 'r'),
  ('pending', ledger_skip('work', 'pending', 'x'), 1), ('claimed', ledger_skip('work', 'claimed', 'x'), 1), ('failed', ledger_skip('work', 'failed', 'x'), 1), ('dead', ledger_skip('work', 'dead', 'x'), 1),
  ('forgotten', ledger_skip('work', 'forgotten', 'x'), 1), ('a new row', (SELECT created_at || coalesce(expires_at, '-') || coalesce(done_at, '-') FROM kv_ledger WHERE id = 'forgotten'), '1005.0--'),
  ('all of them', (SELECT skipped FROM kv_progress), 6), ('the reason', (SELECT count(*) FROM kv_ledger WHERE error = 'x'), 5), ('payload and attempts are history', (SELECT payload FROM kv_ledger WHERE id = 'pending'), 'p'),
  ('none is claimable', (SELECT count(*) FROM larder_ledger WHERE claimable_at IS NOT NULL OR owner IS NOT NULL), 0), ('nothing in line', ledger_next('work', 60), NULL),
  ('no reason', ledger_skip('work', 'why', NULL), 1), ('marking settles it after all', ledger_mark('work', 'why'), 1);
