-- keep: the id is forgotten after that long, at exactly that moment, swept or not.
SELECT kv_clock(1000);
SELECT ledger_mark('seen', 'a', 'first', 60), ledger_mark('seen', 'm', 'first', '1m'), ledger_mark('seen', 'ever', 1, NULL), ledger_mark('seen', 'inf', 1, 9e999);
SELECT kv_clock(1059.999);
INSERT INTO expect VALUES ('still known', ledger_mark('seen', 'a', 'second', 600), 0), ('unit', ledger_seen('seen', 'm'), 1);
SELECT kv_clock(1060);
INSERT INTO expect VALUES
  ('seen', ledger_seen('seen', 'a'), 0), ('unit, over', ledger_seen('seen', 'm'), 0),
  ('result', ledger_result('seen', 'a'), NULL),
  ('forget finds nothing', ledger_forget('seen', 'a'), 0),
  ('table', (SELECT group_concat(id) FROM kv_ledger WHERE ledger = 'seen'), 'ever,inf'),
  ('table by id', (SELECT count(*) FROM kv_ledger WHERE ledger = 'seen' AND id = 'a'), 0),
  ('progress', (SELECT total FROM kv_progress), 2),
  ('new again', ledger_mark('seen', 'a', 'second', 60), 1),
  ('its new result', ledger_result('seen', 'a'), 'second'),
  ('its new end', (SELECT expires_at FROM kv_ledger WHERE ledger = 'seen' AND id = 'a'), 1120.0),
  ('for ever', ledger_mark('seen', 'ever', 2), 0);

-- 0 or less: forgotten at once.
INSERT INTO expect VALUES ('keep 0', ledger_mark('seen', 'zero', 1, 0), 1), ('not seen', ledger_seen('seen', 'zero'), 0), ('new each time', ledger_mark('seen', 'zero', 1, -5), 1);
