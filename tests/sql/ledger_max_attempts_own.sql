-- A ledger may have a limit of its own, in place of the one of all others.
SELECT kv_clock(1000);
INSERT INTO expect VALUES ('none', kv_config('ledger.max_attempts.a'), NULL), ('set', kv_config('ledger.max_attempts.a', '1'), 1), ('read', kv_config('ledger.max_attempts.a'), 1),
  ('the general one', kv_config('ledger.max_attempts', 2), 2), ('stays', kv_config('ledger.max_attempts.a'), 1), ('nor for others', kv_config('ledger.max_attempts.b'), NULL),
  ('a name with everything', kv_config('ledger.max_attempts.a.b ''c'' ü', 7), 7), ('of its own', kv_config('ledger.max_attempts.a.b ''c'' ü'), 7), ('a number', kv_config('ledger.max_attempts.42', 1), 1),
  ('a NUL', kv_config('ledger.max_attempts.n' || char(0) || 'l', 1), 1);
CREATE TEMP TABLE ledgers(ledger, tries);
INSERT INTO ledgers VALUES ('a', 1), ('b', 2), ('A', 2), (42, 1), (42.0, 1), ('n' || char(0) || 'l', 1), ('n', 2), (x'61', 2);
SELECT ledger_fail(ledger, 'x', ledger_claim(ledger, 'x', 60), 'once') FROM ledgers WHERE ledger IS NOT 42.0 OR typeof(ledger) <> 'real';
INSERT INTO expect SELECT 'after one: ' || quote(ledger), status, iif(tries = 1, 'dead', 'failed') FROM ledgers JOIN kv_ledger USING (ledger);
SELECT ledger_fail(ledger, 'x', ledger_claim(ledger, 'x', 60), 'twice') FROM ledgers WHERE tries = 2;
INSERT INTO expect SELECT 'after two: ' || quote(ledger), status, 'dead' FROM ledgers JOIN kv_ledger USING (ledger);
-- Also for a worker that did not come back; NULL takes it back.
SELECT ledger_add('a', 'y'), ledger_add('a', 'z');
SELECT json_array_length(ledger_next('a', 1, NULL, 5));
SELECT kv_clock(1001);
INSERT INTO expect VALUES ('dead', ledger_claim('a', 'y', 5), 0), ('NULL', kv_config('ledger.max_attempts.a', NULL), NULL), ('none left', (SELECT count(*) FROM larder_meta WHERE name = 'ledger.max_attempts.a'), 0),
  ('as the others', json_extract(ledger_next('a', 5), '$.attempt'), 2);
-- A value that does not fit is no limit, and the doctor reports it.
INSERT INTO larder_meta VALUES ('ledger.max_attempts.odd', 'few'), ('ledger.max_attempts.odder', 0), ('ledger.max_attempts', 1) ON CONFLICT(name) DO UPDATE SET value = 1;
INSERT INTO expect SELECT 'the doctor', group_concat(message, '; '), 'ledger.max_attempts of ''odd'' must be a whole number; got ''few''; ledger.max_attempts of ''odder'' must be 1 or more; got 0' FROM kv_check WHERE name = 'settings';
SELECT ledger_claim('odd', 'x', 1), ledger_claim('none', 'x', 1);
SELECT kv_clock(1003);
INSERT INTO expect VALUES ('the general one', ledger_claim('odd', 'x', 1), 0), ('holds', ledger_claim('none', 'x', 1), 0);
