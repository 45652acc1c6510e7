-- How far each ledger is.
INSERT INTO expect VALUES ('before there is one', (SELECT count(*) FROM kv_progress), 0);
SELECT kv_clock(1000);
SELECT ledger_mark('full', 'a');
INSERT INTO larder_ledger(ledger, id, status, created_at, claimable_at, done_at)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
SELECT 'work', printf('%03d', i),
  CASE WHEN i <= 100 THEN 'done' WHEN i <= 150 THEN 'pending' WHEN i <= 160 THEN 'claimed' WHEN i <= 180 THEN 'failed' WHEN i <= 185 THEN 'dead' ELSE 'skipped' END,
  500, CASE WHEN i BETWEEN 151 AND 160 THEN 2000 WHEN i BETWEEN 101 AND 180 THEN 600 END, iif(i <= 100, 1000 + i, NULL)
FROM n;
INSERT INTO larder_ledger(ledger, id, status, created_at) VALUES ('none', 'a', 'pending', 500);
CREATE TEMP VIEW work AS SELECT * FROM kv_progress WHERE ledger = 'work';
INSERT INTO expect VALUES
  ('ledgers', (SELECT group_concat(ledger) FROM kv_progress), 'full,none,work'),
  ('total', (SELECT total FROM work), 200), ('pending', (SELECT pending FROM work), 50), ('claimed', (SELECT claimed FROM work), 10),
  ('done', (SELECT done FROM work), 100), ('failed', (SELECT failed FROM work), 20), ('dead', (SELECT dead FROM work), 5), ('skipped', (SELECT skipped FROM work), 15),
  ('sum', (SELECT pending + claimed + done + failed + dead + skipped = total FROM work), 1),
  -- What was skipped needs no more work.
  ('percent', (SELECT percent FROM work), 57.5),
  -- 60 ids, 1041 to 1100, in 59 seconds; 80 are left to do: pending, claimed or failed.
  ('rate', (SELECT rate FROM work), 1.017),
  ('eta', (SELECT eta FROM work), 78.7),
  ('bar', (SELECT bar FROM work), '###########---------'),
  ('full: percent', (SELECT percent FROM kv_progress WHERE ledger = 'full'), 100.0),
  ('full: eta', (SELECT eta FROM kv_progress WHERE ledger = 'full'), 0.0),
  ('full: bar', (SELECT bar FROM kv_progress WHERE ledger = 'full'), '####################'),
  ('none: percent', (SELECT percent FROM kv_progress WHERE ledger = 'none'), 0.0),
  ('none: rate', (SELECT rate FROM kv_progress WHERE ledger = 'none'), 0.0),
  ('none: eta', (SELECT eta FROM kv_progress WHERE ledger = 'none'), NULL),
  ('none: bar', (SELECT bar FROM kv_progress WHERE ledger = 'none'), '--------------------'),
  ('NULL', (SELECT count(*) FROM kv_progress WHERE ledger = NULL), 0),
  ('IN', (SELECT count(*) FROM kv_progress WHERE ledger IN ('work', 'none', 'nobody')), 2),
  ('by done', (SELECT group_concat(ledger) FROM (SELECT ledger FROM kv_progress ORDER BY done DESC)), 'work,full,none');
-- One of a thousand left is not all.
INSERT INTO larder_ledger(ledger, id, status, created_at, done_at)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
SELECT 'almost', i, iif(i = 1, 'pending', 'done'), 500, iif(i = 1, NULL, 1000) FROM n;
INSERT INTO expect VALUES ('almost: bar', (SELECT bar FROM kv_progress WHERE ledger = 'almost'), '###################-');
INSERT INTO expect VALUES ('almost: total and done', (SELECT total - done FROM kv_progress WHERE ledger = 'almost'), 1);
-- A claim whose lease has ended is nobody's: its row waits again.
SELECT kv_clock(1999.999);
INSERT INTO expect SELECT 'held', pending || ' ' || claimed, '50 10' FROM work;
SELECT kv_clock(2000);
INSERT INTO expect SELECT 'the leases are over', pending || ' ' || claimed, '60 0' FROM work;
INSERT INTO expect SELECT 'the eta is the same', eta, 78.7 FROM work;
-- What is forgotten again counts for nothing, not for the rate either.
SELECT kv_clock(3000), ledger_mark('kept', 'a', NULL, 20);
SELECT kv_clock(3010), ledger_mark('kept', 'b');
INSERT INTO expect SELECT 'known', total || ' ' || rate, '2 0.2' FROM kv_progress WHERE ledger = 'kept';
SELECT kv_clock(3030);
INSERT INTO expect SELECT 'forgotten', total || ' ' || rate, '1 1.0' FROM kv_progress WHERE ledger = 'kept';
