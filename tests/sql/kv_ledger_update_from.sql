-- UPDATE ... FROM hands over all columns, also those it does not set. A lease that ends while it runs changes what is shown of a row, and is no
-- change of the statement's.
SELECT kv_clock(1000), ledger_claim('l', 'x', 10, 'me') > 0, ledger_claim('l', 'y', 10, 'me') > 0, ledger_add('l', 'z');
CREATE TEMP VIEW step AS SELECT column1 AS k, column2 AS at FROM (VALUES ('x', 1001), ('y', 1005), ('z', 1020));
UPDATE kv_ledger SET payload = 'for ' || k FROM (SELECT k, kv_clock(at) AS at FROM step) AS step WHERE ledger = 'l' AND id = k AND step.at > 0;
INSERT INTO expect VALUES ('the lease is over', kv_clock(), 1020.0), ('payloads', (SELECT group_concat(payload) FROM (SELECT payload FROM kv_ledger ORDER BY id)), 'for x,for y,for z'),
  ('nothing else', (SELECT group_concat(owner || lease_until) FROM kv_ledger), 'me1010.0,me1010.0');
-- What is set is a change all the same.
UPDATE kv_ledger SET priority = 5 FROM step WHERE ledger = 'l' AND id = k;
INSERT INTO expect VALUES ('priorities', (SELECT group_concat(priority) FROM kv_ledger), '5,5,5');
