-- The greatest priority first, then first come, first served.
SELECT kv_clock(1000);
SELECT ledger_add('work', 'plain'), ledger_add('work', 'least', NULL, NULL, -9223372036854775807 - 1), ledger_add('work', 'low', NULL, 0, -1),
  ledger_add('work', 'high', NULL, NULL, '5'), ledger_add('work', 'NULL is 0', NULL, NULL, NULL), ledger_add('work', 'most', NULL, NULL, 9223372036854775807),
  ledger_add('work', 'high too', NULL, NULL, 5.0), ledger_add('work', 'high', NULL, NULL, 9);
INSERT INTO kv_ledger(ledger, id, priority) VALUES ('work', 'table', 5), ('work', 'table 0', NULL);
INSERT INTO expect SELECT 'shown', group_concat(id || ' ' || priority, ', '),
  'NULL is 0 0, high 5, high too 5, least -9223372036854775808, low -1, most 9223372036854775807, plain 0, table 5, table 0 0' FROM kv_ledger;
CREATE TEMP TABLE job(json);
INSERT INTO job SELECT ledger_next('work', 60) FROM json_each('[1,2,3]');
-- What comes later with a greater priority is first, and a lesser one is nobody's way.
SELECT ledger_add('work', 'urgent', NULL, NULL, 99), ledger_add('work', 'never mind', NULL, NULL, -2);
INSERT INTO job SELECT ledger_next('work', 60) FROM json_each('[1,2,3,4,5,6,7,8,9]');
INSERT INTO expect SELECT 'in line', group_concat(json_extract(json, '$.id'), ', '),
  'most, high, high too, urgent, table, plain, NULL is 0, table 0, low, never mind, least' FROM job;
INSERT INTO expect SELECT 'claimed', group_concat(DISTINCT status) || ' ' || group_concat(DISTINCT claimed_at), 'claimed 1000.0' FROM kv_ledger;

-- A row keeps its priority: when its lease ends, and after a failure, behind those of its priority that are there.
SELECT kv_clock(1061);
SELECT ledger_add('work', 'new', NULL, NULL, 5), ledger_add('work', 'new 99', NULL, NULL, 99);
INSERT INTO expect SELECT 'again', group_concat(json_extract(value, '$.id'), ', '), 'most, urgent, new 99, high, high too, table, new' FROM json_each(ledger_next('work', 60, NULL, 7));
SELECT ledger_fail('work', 'urgent', token, 'x') FROM larder_ledger WHERE id = 'urgent';
INSERT INTO expect VALUES ('after a failure', json_extract(ledger_next('work', 60), '$.id'), 'urgent');
-- One that is forgotten begins anew.
SELECT ledger_done('work', 'urgent', token, 'r', 5) FROM larder_ledger WHERE id = 'urgent';
SELECT kv_clock(1070), ledger_claim('work', 'urgent', 60) > 0;
INSERT INTO expect SELECT 'anew', priority || ' ' || claimed_at || ' ' || attempts, '0 1070.0 1' FROM kv_ledger WHERE id = 'urgent';
-- A replaced one too, and a settled one waits for nothing.
INSERT OR REPLACE INTO kv_ledger(ledger, id) VALUES ('work', 'most');
INSERT INTO expect SELECT 'replaced', priority || ' ' || claimable_at || coalesce(claimed_at, ' never'), '0 1070.0 never' FROM kv_ledger WHERE id = 'most';
SELECT ledger_mark('work', 'most'), ledger_skip('work', 'table', 'x');
INSERT INTO expect SELECT 'settled', count(claimable_at), 0 FROM kv_ledger WHERE status IN ('done', 'skipped');
INSERT INTO expect SELECT 'all in order', group_concat(status), 'ok' FROM kv_check WHERE name = 'ledger';
