-- Tokens of one id only grow, whatever becomes of its row in between: a lost claim can never be taken for a later one.
SELECT kv_clock(1000);
CREATE TEMP TABLE handed_out(n INTEGER PRIMARY KEY, token);
INSERT INTO handed_out(token) VALUES (ledger_claim('work', 'a', 10));
SELECT ledger_fail('work', 'a', 1, 'x');
INSERT INTO handed_out(token) VALUES (ledger_claim('work', 'a', 10));
SELECT kv_clock(1010);
INSERT INTO handed_out(token) VALUES (ledger_claim('work', 'a', 10));
SELECT ledger_forget('work', 'a');
INSERT INTO handed_out(token) VALUES (ledger_claim('work', 'a', 10));
SELECT ledger_forget('work'), ledger_add('work', 'a');
INSERT INTO handed_out(token) VALUES (json_extract(ledger_next('work', 10), '$.token'));
DELETE FROM kv_ledger;
INSERT INTO kv_ledger(ledger, id) VALUES ('work', 'a');
INSERT INTO handed_out(token) VALUES (ledger_claim('work', 'a', 10));
INSERT OR REPLACE INTO kv_ledger(ledger, id) VALUES ('work', 'a');
INSERT INTO handed_out(token) VALUES (ledger_claim('work', 'a', 10));
INSERT INTO handed_out(token) SELECT ledger_claim('work', 'a', 10) WHERE ledger_done('work', 'a', (SELECT token FROM kv_ledger), NULL, 0);
SELECT ledger_done('work', 'a', (SELECT token FROM kv_ledger), NULL, 0);
SELECT kv_sweep();
INSERT INTO handed_out(token) VALUES (ledger_claim('work', 'a', 10));
SELECT ledger_mark('work', 'a', NULL, 1);
SELECT kv_clock(1011);
SELECT ledger_mark('work', 'a', NULL, 1);
SELECT kv_clock(1012);
INSERT INTO handed_out(token) VALUES (ledger_claim('work', 'a', 10));
INSERT INTO expect VALUES ('ten', (SELECT count(token) FROM handed_out), 10), ('each greater than those before', (SELECT count(*) FROM handed_out AS a JOIN handed_out AS b ON b.n > a.n AND b.token <= a.token), 0),
  ('integers', (SELECT count(*) FROM handed_out WHERE token < 30 AND token = CAST(token AS INTEGER)), 10);
-- Rows that were only ever marked leave nothing behind.
SELECT ledger_mark('marks', value) FROM json_each('[1, 2, 3]');
CREATE TEMP TABLE fence AS SELECT value FROM larder_meta WHERE name = 'ledger.fence';
SELECT ledger_forget('marks');
INSERT INTO expect VALUES ('the fence stays', (SELECT value FROM larder_meta WHERE name = 'ledger.fence'), (SELECT value FROM fence));
