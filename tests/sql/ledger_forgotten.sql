-- What is forgotten begins anew, whoever comes next, and whether or not a sweep came first: nothing of the old row shows.
CREATE TEMP TABLE way(name);
INSERT INTO way VALUES ('mark'), ('skip'), ('claim'), ('add');
CREATE TEMP VIEW shown AS
  SELECT id, group_concat(quote(payload) || quote(result) || attempts || quote(error) || quote(owner) || created_at, ' ') AS row FROM kv_ledger GROUP BY ledger, id;

SELECT kv_clock(1000);
SELECT ledger_add('l', name, 'pay'), ledger_claim('l', name, 60), ledger_done('l', name, 2, 'res', 10) FROM way;
INSERT INTO expect SELECT 'before: ' || name, (SELECT row FROM shown WHERE id = name), '''pay''''res''1NULLNULL1000.0' FROM way;
SELECT kv_clock(2000);
SELECT ledger_mark('l', 'mark'), ledger_skip('l', 'skip', NULL), ledger_claim('l', 'claim', 60, 'me'), ledger_add('l', 'add');
CREATE TEMP TABLE unswept AS SELECT * FROM shown;

SELECT kv_clock(1000), ledger_forget('l');
SELECT ledger_add('l', name, 'pay'), ledger_claim('l', name, 60) FROM way;
SELECT ledger_done('l', id, token, 'res', 10) FROM larder_ledger;
SELECT kv_clock(2000);
INSERT INTO expect VALUES ('swept', kv_sweep(), 4);
SELECT ledger_mark('l', 'mark'), ledger_skip('l', 'skip', NULL), ledger_claim('l', 'claim', 60, 'me'), ledger_add('l', 'add');
INSERT INTO expect SELECT 'the same after a sweep: ' || name, (SELECT row FROM unswept WHERE id = name), (SELECT row FROM shown WHERE id = name) FROM way;
INSERT INTO expect VALUES ('marked', (SELECT row FROM shown WHERE id = 'mark'), 'NULLNULL0NULLNULL2000.0');

-- Tokens grow all the same: the mark keeps the latest.
SELECT kv_clock(1000), ledger_forget('l');
INSERT INTO expect VALUES ('a first token', ledger_claim('t', 'a', 60) > 0, 1);
SELECT ledger_done('t', id, token, NULL, 10) FROM larder_ledger WHERE ledger = 't';
CREATE TEMP TABLE first AS SELECT token FROM larder_ledger WHERE ledger = 't';
SELECT kv_clock(2000), ledger_mark('t', 'a', NULL, 10), kv_clock(3000);
INSERT INTO expect VALUES ('a later one', ledger_claim('t', 'a', 60) > (SELECT token FROM first), 1);
