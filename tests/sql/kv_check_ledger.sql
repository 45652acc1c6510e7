-- What the doctor says when a hand has broken the rules of the ledgers, leases and runs, which nothing but Larder keeps.
SELECT kv_clock(1000);
SELECT ledger_mark('l', 'done', 1, 500), ledger_mark('l', 'marked'), ledger_add('l', 'waits'), ledger_skip('l', 'skipped', 'why'),
  ledger_claim('l', 'claimed', 50), ledger_claim('l', 'for ever', NULL), ledger_claim('l', 'failed', 50), ledger_claim('l', 'dead', 50);
SELECT ledger_fail('l', id, token, 'error', iif(id = 'dead', NULL, 5)) FROM larder_ledger WHERE id IN ('failed', 'dead');
-- All that Larder itself writes is in order, at any time.
INSERT INTO expect SELECT 'all states', count(DISTINCT status), 6 FROM larder_ledger;
INSERT INTO expect SELECT name, status || ': ' || message, 'ok: states, claims and tokens fit' FROM kv_check WHERE name = 'ledger';
SELECT kv_clock(1060);
INSERT INTO expect SELECT 'after the leases', status, 'ok' FROM kv_check WHERE name = 'ledger';

-- Each in a transaction of its own that is undone: the doctor finds it, and names it.
BEGIN;
UPDATE larder_ledger SET in_line_since = 'soon' WHERE id = 'waits';
INSERT INTO expect SELECT 'a time that is none', message, '1 row(s) have a time or a count that is not a number' FROM kv_check WHERE name = 'ledger' AND status = 'error';
ROLLBACK;
BEGIN;
UPDATE larder_ledger SET claimable_at = 5 WHERE status = 'done';
INSERT INTO expect SELECT 'done and claimable', message GLOB '2 row(s) are settled and claimable *', 1 FROM kv_check WHERE name = 'ledger' AND status = 'error';
ROLLBACK;
BEGIN;
UPDATE larder_ledger SET claimable_at = NULL, in_line_since = NULL WHERE status IN ('pending', 'failed');
INSERT INTO expect SELECT 'waits for ever', message GLOB '2 row(s) wait, and nobody can claim them; *', 1 FROM kv_check WHERE name = 'ledger' AND status = 'error';
ROLLBACK;
BEGIN;
UPDATE larder_ledger SET in_line_since = 5 WHERE id IN ('failed', 'for ever');
INSERT INTO expect SELECT 'twice', message, '2 row(s) stand in line, and wait for their time or are claimed as well' FROM kv_check WHERE name = 'ledger' AND status = 'error';
ROLLBACK;
BEGIN;
UPDATE larder_ledger SET priority = 'high' WHERE id = 'waits';
UPDATE larder_ledger SET claimed_at = 'yesterday' WHERE id = 'done';
INSERT INTO expect SELECT 'no numbers', message, '2 row(s) have a time or a count that is not a number' FROM kv_check WHERE name = 'ledger' AND status = 'error';
ROLLBACK;
BEGIN;
UPDATE larder_ledger SET owner = NULL WHERE id = 'claimed';
UPDATE larder_ledger SET owner = 'me' WHERE id = 'skipped';
INSERT INTO expect SELECT 'owners', message, '2 row(s) are claimed by nobody, or have an owner and are not claimed' FROM kv_check WHERE name = 'ledger' AND status = 'error';
ROLLBACK;
BEGIN;
UPDATE larder_ledger SET token = NULL WHERE id = 'for ever';
INSERT INTO expect SELECT 'no token', message, '1 row(s) wait or are claimed, and have no token' FROM kv_check WHERE name = 'ledger' AND status = 'error';
ROLLBACK;
BEGIN;
UPDATE larder_ledger SET done_at = NULL WHERE id = 'done';
UPDATE larder_ledger SET expires_at = 5000 WHERE id = 'failed';
INSERT INTO expect SELECT 'done at no time', message, '2 row(s) are done at no time, or have a time for it and are not done' FROM kv_check WHERE name = 'ledger' AND status = 'error';
ROLLBACK;
BEGIN;
SELECT ledger_forget('l', 'claimed');
UPDATE larder_meta SET value = 'x' WHERE name = 'ledger.fence';
INSERT INTO expect SELECT 'the fence', message, '''ledger.fence'' in larder_meta is ''x'': what it counts may come twice' FROM kv_check WHERE name = 'ledger' AND status = 'error';
ROLLBACK;
INSERT INTO expect VALUES ('well again', (SELECT count(*) FROM kv_check WHERE status <> 'ok'), 0);

-- Ids that are forgotten and not swept.
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500) SELECT count(ledger_mark('short', i, NULL, 10)) FROM n;
INSERT INTO expect SELECT 'kept', status || ': ' || message, 'ok: 0 of 1508 ids' FROM kv_check WHERE name = 'forgotten_ids';
SELECT kv_clock(1080);
INSERT INTO expect SELECT 'forgotten', status || ': ' || message, 'warning: 1500 of 1508 ids; kv_sweep() removes them' FROM kv_check WHERE name = 'forgotten_ids';
SELECT kv_sweep();
INSERT INTO expect SELECT 'swept', status || ': ' || message, 'ok: 0 of 8 ids' FROM kv_check WHERE name = 'forgotten_ids';

-- Leases.
SELECT lease_acquire('held', 60), lease_acquire('given back', 60), lease_acquire('for ever', NULL), lease_release('given back', 1);
INSERT INTO expect SELECT name, status || ': ' || message, 'ok: 2 held' FROM kv_check WHERE name = 'leases';
INSERT INTO expect SELECT name, status || ': ' || message, 'ok: 1 of 3 leases' FROM kv_check WHERE name = 'ended_leases';
BEGIN;
UPDATE larder_lease SET owner = NULL WHERE name = 'for ever';
INSERT INTO expect SELECT 'held by nobody', message GLOB '1 row(s) are held by nobody*', 1 FROM kv_check WHERE name = 'leases' AND status = 'error';
INSERT INTO expect VALUES ('nobody can have it', lease_acquire('for ever', 5), NULL);
ROLLBACK;
BEGIN;
UPDATE larder_lease SET token = -3, acquired_at = x'00' WHERE name = 'held';
INSERT INTO expect SELECT 'token and time', group_concat(message, '; '), '1 row(s) have a time that is not a number; 1 row(s) have a token that is less than 1' FROM kv_check WHERE name = 'leases' AND status = 'error';
ROLLBACK;

-- Runs.
SELECT run_start('a', 60), run_finish(1), run_start('b', 60);
INSERT INTO expect SELECT name, status, 'ok' FROM kv_check WHERE name = 'runs';
BEGIN;
UPDATE larder_run SET finished_at = iif(id = 1, NULL, 5);
UPDATE larder_run SET lease_until = 'late', total = 1.5 WHERE id = 2;
UPDATE larder_meta SET value = 'x' WHERE name = 'run.last_id';
INSERT INTO expect SELECT 'runs', group_concat(message, '; '), '1 row(s) have a time or a count that is not a number; 2 row(s) are finished at no time, or have a time for it and are not finished; ''run.last_id'' in larder_meta is ''x'': what it counts may come twice'
  FROM kv_check WHERE name = 'runs' AND status = 'error';
ROLLBACK;
INSERT INTO expect VALUES ('well at the end', (SELECT count(*) FROM kv_check WHERE status <> 'ok'), 0);
