-- What fails is tried again; at most ledger.max_attempts times.
SELECT kv_clock(1000);
CREATE TEMP VIEW a AS SELECT * FROM kv_ledger WHERE ledger = 'work' AND id = 'a';
INSERT INTO expect VALUES ('claim', ledger_claim('work', 'a', 60), 1), ('fail', ledger_fail('work', 'a', 1, 'timeout', '5m'), 1), ('failed', (SELECT status FROM a), 'failed'),
  ('error', (SELECT error FROM a), 'timeout'), ('nobody has it', (SELECT owner FROM a), NULL), ('no lease', (SELECT lease_until FROM a), NULL), ('the token is spent', ledger_fail('work', 'a', 1, 'x'), 0),
  ('not done', ledger_seen('work', 'a'), 0), ('not yet', ledger_claim('work', 'a', 60), NULL), ('nor in line', ledger_next('work', 60), NULL);
SELECT kv_clock(1299.999);
INSERT INTO expect VALUES ('still not', ledger_claim('work', 'a', 60), NULL);
SELECT kv_clock(1300);
INSERT INTO expect VALUES ('now', ledger_claim('work', 'a', 60), 2), ('the second attempt', (SELECT attempts FROM a), 2), ('the error is the latest so far', (SELECT error FROM a), 'timeout'),
  ('at once', ledger_fail('work', 'a', 2, 'refused'), 1), ('the latest error', (SELECT error FROM a), 'refused'), ('again', ledger_claim('work', 'a', 60), 3),
  ('without an error', ledger_fail('work', 'a', 3, NULL, -5), 1), ('none', (SELECT error FROM a), NULL), ('a wait of less than nothing is none', ledger_claim('work', 'a', 60), 4),
  ('done at last', ledger_done('work', 'a', 4), 1), ('four attempts', (SELECT attempts FROM a), 4), ('no error', (SELECT error FROM a), NULL);

-- Never again.
INSERT INTO expect VALUES ('claim', ledger_claim('work', 'b', 60), 1), ('never', ledger_fail('work', 'b', 1, 'no such page', NULL), 1), ('dead', (SELECT status FROM kv_ledger WHERE id = 'b'), 'dead'),
  ('its error', (SELECT error FROM kv_ledger WHERE id = 'b'), 'no such page'), ('claim the dead', ledger_claim('work', 'b', 60), 0), ('not done', ledger_seen('work', 'b'), 0),
  ('known', ledger_add('work', 'b'), 0);

-- The limit counts failures ...
SELECT kv_config('ledger.max_attempts', 2);
INSERT INTO expect VALUES ('one', ledger_claim('work', 'c', 60), 1), ('fails', ledger_fail('work', 'c', 1, 'first'), 1), ('once more', (SELECT status FROM kv_ledger WHERE id = 'c'), 'failed'),
  ('two', ledger_claim('work', 'c', 60), 2), ('fails again', ledger_fail('work', 'c', 2, 'second', 10), 1), ('dead', (SELECT status FROM kv_ledger WHERE id = 'c'), 'dead'),
  ('with its last error', (SELECT error FROM kv_ledger WHERE id = 'c'), 'second'), ('two attempts', (SELECT attempts FROM kv_ledger WHERE id = 'c'), 2);
-- ... and workers that did not come back.
SELECT ledger_add('work', 'd'), ledger_add('work', 'e');
INSERT INTO expect VALUES ('one', ledger_claim('work', 'd', 10), 2), ('one of e', ledger_claim('work', 'e', 10) > 0, 1);
SELECT kv_clock(1310);
INSERT INTO expect VALUES ('two', ledger_claim('work', 'd', 10), 3), ('two of e', ledger_claim('work', 'e', 10) > 0, 1);
SELECT kv_clock(1321);
SELECT ledger_add('work', 'f');
INSERT INTO expect VALUES ('no third', ledger_claim('work', 'd', 10), 0), ('dead', (SELECT status FROM kv_ledger WHERE id = 'd'), 'dead'), ('why', (SELECT error FROM kv_ledger WHERE id = 'd'), 'the lease of the last attempt ended'),
  ('two attempts', (SELECT attempts FROM kv_ledger WHERE id = 'd'), 2), ('no owner', (SELECT owner FROM kv_ledger WHERE id = 'd'), NULL), ('not before it is asked for', (SELECT status FROM kv_ledger WHERE id = 'e'), 'pending'),
  ('next passes by the dead', json_extract(ledger_next('work', 10), '$.id'), 'f'), ('now it is', (SELECT status FROM kv_ledger WHERE id = 'e'), 'dead'), ('not in line', (SELECT count(*) FROM larder_ledger WHERE in_line_since IS NOT NULL), 0);
-- The last attempt may succeed.
SELECT kv_clock(1331);
INSERT INTO expect VALUES ('the last of f', ledger_claim('work', 'f', 10) > 0, 1);
INSERT INTO expect SELECT 'done', ledger_done('work', 'f', token, 'r'), 1 FROM kv_ledger WHERE id = 'f';
-- Another chance for the dead.
INSERT OR REPLACE INTO kv_ledger(ledger, id, payload) SELECT ledger, id, payload FROM kv_ledger WHERE ledger = 'work' AND status = 'dead';
INSERT INTO expect VALUES ('they wait', (SELECT pending FROM kv_progress WHERE ledger = 'work'), 4), ('none is dead', (SELECT dead FROM kv_progress WHERE ledger = 'work'), 0),
  ('from the beginning', (SELECT sum(attempts) FROM kv_ledger WHERE status = 'pending'), 0);
-- A limit that some other program wrote and that is none does not hold (kv_config() reports it).
SELECT ledger_forget('work'), ledger_add('work', 'a');
CREATE TEMP TABLE got(token);
UPDATE larder_meta SET value = -1 WHERE name = 'ledger.max_attempts';
INSERT INTO got SELECT json_extract(ledger_next('work', 60), '$.token');
SELECT ledger_fail('work', 'a', max(token), 'x') FROM got;
UPDATE larder_meta SET value = 'few' WHERE name = 'ledger.max_attempts';
INSERT INTO got SELECT json_extract(ledger_next('work', 60), '$.token');
INSERT INTO expect VALUES ('twice', (SELECT count(token) FROM got), 2);
