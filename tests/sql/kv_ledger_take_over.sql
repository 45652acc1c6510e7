-- A list of what is done already, or will not be done, is taken over by INSERT: with its states, times, results and reasons.
SELECT kv_clock(1000);
INSERT INTO kv_ledger(ledger, id, status, result, payload, created_at, done_at, expires_at) VALUES
  ('l', 'all', 'done', x'00', 'p', 10, 20.0005, 2000), ('l', 'done', 'done', NULL, NULL, NULL, NULL, NULL), ('l', 'at', 'done', 1.5, NULL, NULL, '300', NULL),
  ('l', 'long ago', 'done', 1, NULL, NULL, NULL, 999);
INSERT INTO kv_ledger(ledger, id, status, error, created_at) VALUES ('l', 'skipped', 'skipped', 'too big', 50), ('l', 'why', 'skipped', NULL, NULL), ('l', 'number', 'skipped', 42.0, NULL);
INSERT INTO kv_ledger(ledger, id, status, payload, created_at) VALUES ('l', 'waits', 'pending', 'p', 60), ('l', 'waits too', NULL, NULL, NULL);
CREATE TEMP VIEW shown AS SELECT id, status, payload, result, attempts, error, owner, token, created_at, done_at, expires_at FROM kv_ledger;
INSERT INTO expect SELECT 'rows', group_concat(id || ' ' || status || ' ' || created_at || ' ' || coalesce(done_at, '-'), ', '),
  'all done 10.0 20.001, at done 300.0 300.0, done done 1000.0 1000.0, number skipped 1000.0 -, skipped skipped 50.0 -, waits pending 60.0 -, waits too pending 1000.0 -, why skipped 1000.0 -' FROM shown;
INSERT INTO expect VALUES
  ('result', ledger_result('l', 'all'), x'00'), ('payload', (SELECT payload FROM shown WHERE id = 'all'), 'p'), ('end', (SELECT expires_at FROM shown WHERE id = 'all'), 2000.0),
  ('reason', (SELECT error FROM shown WHERE id = 'skipped'), 'too big'), ('a number is text', (SELECT error FROM shown WHERE id = 'number'), '42'),
  ('no attempts', (SELECT sum(attempts) FROM shown), 0), ('not seen: skipped', ledger_seen('l', 'skipped'), 0), ('not again', ledger_mark('l', 'at'), 0),
  ('forgotten at once', ledger_mark('l', 'long ago'), 1), ('settled', ledger_claim('l', 'skipped', 5), 0);
-- In line it stands where it was put, however old it says it is.
SELECT ledger_add('l', 'before');
INSERT INTO kv_ledger(ledger, id, created_at) VALUES ('l', 'behind', 1);
INSERT INTO expect SELECT 'in line', group_concat(json_extract(ledger_next('l', 60), '$.id')), 'waits,waits too,before,behind' FROM json_each('[1,2,3,4]');
SELECT kv_clock(2000);
INSERT INTO expect VALUES ('its end', ledger_seen('l', 'all'), 0);

-- What is known is in the way, in whatever state.
INSERT OR IGNORE INTO kv_ledger(ledger, id, status, result) VALUES ('l', 'done', 'done', 'ignored'), ('l', 'waits', 'done', 'ignored'), ('l', 'new', 'done', 'new');
INSERT INTO expect VALUES ('ignored', (SELECT group_concat(id) FROM shown WHERE result IN ('ignored', 'new')), 'new');
-- OR REPLACE settles it, and who has it claimed has lost it. The token only grows.
SELECT ledger_claim('l', 'before', 60) > 0;
CREATE TEMP TABLE held AS SELECT token FROM larder_ledger WHERE id = 'before';
INSERT OR REPLACE INTO kv_ledger(ledger, id, status, result) VALUES ('l', 'before', 'done', 'replaced'), ('l', 'at', 'done', 'replaced');
INSERT INTO expect VALUES ('replaced', ledger_result('l', 'before') || ledger_result('l', 'at'), 'replacedreplaced'), ('lost', (SELECT ledger_done('l', 'before', token) FROM held), 0),
  ('nobody has it', (SELECT count(*) FROM shown WHERE id = 'before' AND owner IS NULL AND attempts = 0), 1);
INSERT OR REPLACE INTO kv_ledger(ledger, id) VALUES ('l', 'before');
INSERT INTO expect VALUES ('a later token', ledger_claim('l', 'before', 60) > (SELECT token FROM held), 1);
INSERT INTO expect SELECT 'all in order', group_concat(status), 'ok' FROM kv_check WHERE name = 'ledger';
-- Of one transaction with the rest of it.
BEGIN;
INSERT INTO kv_ledger(ledger, id, status) SELECT 'undone', value, 'done' FROM json_each('[1,2,3]');
ROLLBACK;
INSERT INTO expect VALUES ('undone', ledger_seen('undone', 1), 0);
-- A ledger of another file comes as it is.
CREATE TABLE copy AS SELECT * FROM larder_ledger WHERE status IN ('done', 'skipped', 'pending');
INSERT INTO kv_ledger(ledger, id, status, payload, result, error, created_at, done_at, expires_at)
SELECT 'copy', id, status, payload, result, error, created_at, done_at, expires_at FROM copy;
INSERT INTO expect SELECT 'the same', (SELECT count(*) FROM (SELECT id, status, result, error, created_at, done_at FROM copy EXCEPT SELECT id, status, result, error, created_at, done_at FROM larder_ledger WHERE ledger = 'copy')), 0;
