-- What stands in line and is settled by plain SQL, or by a Larder that knows no line, is settled: nobody gets it.
SELECT kv_clock(1000);
INSERT INTO kv_ledger(ledger, id) VALUES ('work', 'done'), ('work', 'skipped'), ('work', 'dead'), ('work', 'next'), ('work', 'later');
INSERT INTO kv_ledger(ledger, id, claimable_at) VALUES ('work', 'due', 1005);
UPDATE larder_ledger SET status = id WHERE id IN ('done', 'skipped', 'dead');
UPDATE larder_ledger SET done_at = 1000, owner = 'me' WHERE id = 'done';
UPDATE larder_ledger SET status = 'skipped' WHERE id = 'due';
SELECT kv_clock(1010);
INSERT INTO expect SELECT 'by its id: ' || column1, ledger_claim('work', column1, 60), 0 FROM (VALUES ('done'), ('skipped'), ('dead'), ('due'));
INSERT INTO expect VALUES ('the first that waits', json_extract(ledger_next('work', 60), '$.id'), 'next');
INSERT INTO expect SELECT 'still settled', group_concat(id || ' ' || status || ' ' || attempts || ' ' || quote(owner), ', '), 'dead dead 0 NULL, done done 0 ''me'', due skipped 0 NULL, skipped skipped 0 NULL'
  FROM (SELECT * FROM larder_ledger WHERE id IN ('done', 'skipped', 'dead', 'due') ORDER BY id LIMIT 9);
-- Whoever comes past takes it out of line, so that nobody has to go past it again.
INSERT INTO expect VALUES ('the rest', json_extract(ledger_next('work', 60, NULL, 9), '$[0].id'), 'later'), ('no more', ledger_next('work', 60), NULL);
INSERT INTO expect SELECT 'none in line', count(*), 0 FROM larder_ledger WHERE in_line_since IS NOT NULL;

-- Also when they are many, and nothing else is there.
INSERT INTO kv_ledger(ledger, id) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200) SELECT 'many', i FROM n;
UPDATE larder_ledger SET status = 'done', done_at = 1000 WHERE ledger = 'many';
INSERT INTO expect VALUES ('nothing', ledger_next('many', 60), NULL), ('an empty array', ledger_next('many', 60, NULL, 5), '[]');
INSERT INTO expect SELECT 'out of line', count(*), 1200 FROM larder_ledger WHERE ledger = 'many' AND status = 'done' AND in_line_since IS NULL;

-- One whose time to be kept is over begins anew.
SELECT ledger_add('work', 'forgotten');
UPDATE larder_ledger SET status = 'done', done_at = 1010, expires_at = 1015, attempts = 3 WHERE id = 'forgotten';
SELECT kv_clock(1020);
INSERT INTO expect VALUES ('anew', ledger_claim('work', 'forgotten', 60) > 0, 1);
INSERT INTO expect SELECT 'the first attempt', status || ' ' || attempts || ' ' || quote(in_line_since), 'claimed 1 NULL' FROM larder_ledger WHERE id = 'forgotten';
