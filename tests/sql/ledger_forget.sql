-- A deliberate re-run: forget one id, or a whole ledger.
SELECT kv_clock(1000);
SELECT ledger_mark('import', value) FROM json_each('["a", "b", "c"]');
SELECT ledger_mark('export', 'a'), ledger_mark('import', 'short', NULL, 5);
INSERT INTO expect VALUES
  ('one', ledger_forget('import', 'a'), 1), ('one again', ledger_forget('import', 'a'), 0),
  ('not seen', ledger_seen('import', 'a'), 0), ('the others are', ledger_seen('import', 'b'), 1),
  ('do it again', ledger_mark('import', 'a', 'again'), 1), ('with a new result', ledger_result('import', 'a'), 'again');
SELECT kv_clock(1005);
INSERT INTO expect VALUES
  ('the ledger, without what was forgotten', ledger_forget('import'), 3), ('which goes too', (SELECT count(*) FROM larder_ledger WHERE ledger = 'import'), 0),
  ('once more', ledger_forget('import'), 0), ('not the other ledger', ledger_seen('export', 'a'), 1),
  ('an unknown one', ledger_forget('nobody'), 0), ('one argument is a ledger', ledger_forget('a'), 0);
SELECT ledger_mark('x');
INSERT INTO expect VALUES ('the default ledger by its name', ledger_forget('default'), 1);
