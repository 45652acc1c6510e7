-- Of many claims and leases from the future the doctor names twenty each: those that end last.
CREATE TABLE job(i INTEGER PRIMARY KEY, name TEXT);
WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 32) INSERT INTO job SELECT i, 'job ' || i FROM n;
SELECT kv_clock(1000000);
SELECT ledger_claim('l', name, 60 + i), lease_acquire(name, 60 + i), cache_claim(name, 60 + i), rate_take(name, 1, 60 + i) FROM job ORDER BY i * 7 % 23;
SELECT kv_clock(1000);
CREATE TEMP TABLE said AS SELECT name, message FROM kv_check WHERE message LIKE '% from the future%';
CREATE TEMP TABLE unnamed AS SELECT a.name, i FROM (SELECT DISTINCT name FROM said) a, job b
  WHERE NOT EXISTS (SELECT 1 FROM said WHERE name = a.name AND instr(message, quote(b.name) || ' is from')) ORDER BY 1, 2;
INSERT INTO expect SELECT 'those that end first are not named', group_concat(name || ' ' || i, ', '),
  'cache 10, cache 11, cache 12, leases 10, leases 11, leases 12, ledger 10, ledger 11, ledger 12, rates 10, rates 11, rates 12' FROM unnamed;
