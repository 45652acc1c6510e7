-- Claiming one id: one worker has it at a time, and what is done stays done.
SELECT kv_clock(1000);
CREATE TEMP VIEW a AS SELECT * FROM kv_ledger WHERE ledger = 'work' AND id = 'a';
INSERT INTO expect VALUES
  ('an id that is not there', ledger_claim('work', 'a', 60, 'one'), 1), ('the first attempt', (SELECT attempts FROM a), 1),
  ('owner', (SELECT owner FROM a), 'one'), ('lease_until', (SELECT lease_until FROM a), 1060.0),
  ('somebody else', ledger_claim('work', 'a', 60, 'two'), NULL),
  -- The owner is a note for people. Who may go on is decided by the token alone.
  ('the same owner', ledger_claim('work', 'a', 60, 'one'), NULL),
  ('done, with a result', ledger_done('work', 'a', 1, 'result'), 1), ('seen', ledger_seen('work', 'a'), 1), ('replayed', ledger_result('work', 'a'), 'result'),
  ('claim what is done', ledger_claim('work', 'a', 60), 0), ('done twice', ledger_done('work', 'a', 1, 'other'), 0), ('the first stays', ledger_result('work', 'a'), 'result'),
  ('nobody has it', (SELECT owner FROM a), NULL), ('done_at', (SELECT done_at FROM a), 1000.0), ('for ever', (SELECT expires_at FROM a), NULL);

-- A lease that has ended is lost, at that very moment and whether or not somebody else has come; then it may be stolen.
INSERT INTO expect VALUES ('claim', ledger_claim('work', 'b', '10s'), 1);
SELECT kv_clock(1009.999);
INSERT INTO expect VALUES ('not yet', ledger_claim('work', 'b', 10), NULL), ('renew in time', ledger_renew('work', 'b', 1, '10.001s'), 1);
SELECT kv_clock(1019.999);
INSERT INTO expect VALUES ('it had been renewed', ledger_claim('work', 'b', 10), NULL);
SELECT kv_clock(1020);
INSERT INTO expect VALUES
  ('renew too late', ledger_renew('work', 'b', 1, 10), 0), ('done too late', ledger_done('work', 'b', 1), 0), ('fail too late', ledger_fail('work', 'b', 1, 'x'), 0),
  ('shown as waiting', (SELECT status FROM kv_ledger WHERE id = 'b'), 'pending'), ('and whose it was', (SELECT lease_until FROM kv_ledger WHERE id = 'b'), 1020.0),
  ('stolen', ledger_claim('work', 'b', 10, 'thief'), 2), ('the second attempt', (SELECT attempts FROM kv_ledger WHERE id = 'b'), 2),
  ('the old token', ledger_renew('work', 'b', 1, 10) + ledger_done('work', 'b', 1) + ledger_fail('work', 'b', 1, 'x'), 0),
  ('changes nothing', (SELECT status || owner || lease_until || coalesce(error, '-') FROM kv_ledger WHERE id = 'b'), 'claimedthief1030.0-'),
  ('a token to come', ledger_done('work', 'b', 3), 0), ('no token', ledger_done('work', 'b', 0), 0), ('the right one as text', ledger_done('work', 'b', '2'), 1);

-- A renewed lease never ends sooner.
INSERT INTO expect VALUES ('claim', ledger_claim('work', 'c', 60), 1), ('shorter', ledger_renew('work', 'c', 1, 5), 1), ('not shortened', (SELECT lease_until FROM kv_ledger WHERE id = 'c'), 1080.0),
  ('longer', ledger_renew('work', 'c', 1, '2m'), 1), ('it is', (SELECT lease_until FROM kv_ledger WHERE id = 'c'), 1140.0),
  ('for ever', ledger_renew('work', 'c', 1, NULL), 1), ('no end', (SELECT lease_until FROM kv_ledger WHERE id = 'c'), NULL),
  ('and stays', ledger_renew('work', 'c', 1, 5), 1), ('no end still', (SELECT lease_until FROM kv_ledger WHERE id = 'c'), NULL);
SELECT kv_clock(9e9);
INSERT INTO expect VALUES ('held for ever', ledger_claim('work', 'c', 5), NULL), ('done', ledger_done('work', 'c', 1), 1);
SELECT kv_clock(1020);

-- What others do to the row ends a claim, too.
INSERT INTO expect SELECT 'claim ' || value, ledger_claim('work', value, 60), 1 FROM json_each('["marked", "skipped", "forgotten", "deleted"]');
INSERT INTO expect VALUES
  ('mark', ledger_mark('work', 'marked', 'by hand'), 1), ('lost by the mark', ledger_done('work', 'marked', 1, 'late'), 0), ('its result', ledger_result('work', 'marked'), 'by hand'),
  ('skip', ledger_skip('work', 'skipped', 'no need'), 1), ('lost by the skip', ledger_done('work', 'skipped', 1), 0),
  ('forget', ledger_forget('work', 'forgotten'), 1), ('lost by forgetting', ledger_renew('work', 'forgotten', 1, 60), 0);
DELETE FROM kv_ledger WHERE id = 'deleted';
INSERT INTO expect VALUES ('lost by DELETE', ledger_fail('work', 'deleted', 1, 'x'), 0);

-- keep: after it, the id is new again, but its tokens go on.
INSERT INTO expect VALUES ('claim', ledger_claim('work', 'k', 60), (SELECT value FROM larder_meta WHERE name = 'ledger.fence') + 1);
INSERT INTO expect SELECT 'done for a minute', ledger_done('work', 'k', token, 'r', '1m'), 1 FROM (SELECT token FROM kv_ledger WHERE id = 'k');
INSERT INTO expect VALUES ('known', ledger_claim('work', 'k', 60), 0), ('expires_at', (SELECT expires_at FROM kv_ledger WHERE id = 'k'), 1080.0);
SELECT kv_clock(1080);
INSERT INTO expect VALUES ('forgotten', ledger_seen('work', 'k'), 0), ('claim anew', ledger_claim('work', 'k', 60), (SELECT value FROM larder_meta WHERE name = 'ledger.fence') + 2),
  ('a new life', (SELECT attempts || ' ' || created_at || coalesce(result, '-') || coalesce(done_at, '-') || coalesce(expires_at, '-') FROM kv_ledger WHERE id = 'k'), '1 1080.0---');
