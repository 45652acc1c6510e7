-- Effects that happen exactly once, though the request comes twice, the worker is killed, or two workers begin at the same time.
-- Each request has a key of its own, made by whoever asks. Start this script as often as you like, also side by side:
--
--   sqlite3 -cmd '.load /path/to/larder' bank.db < exactly_once.sql
--
-- It holds for what is in this database: your rows and the ledger's are one transaction. For the world outside (a mail, a payment
-- provider) hand the request's key on, so that the other side can recognize a second try.
.bail on

-- Before anything else: workers side by side wait in a fair way.
SELECT kv_busy_timeout(5000);

INSERT INTO kv_migration(version, name, up) VALUES
  (1, 'accounts', 'CREATE TABLE account(name TEXT PRIMARY KEY, balance INTEGER NOT NULL);
                   CREATE TABLE transfer(key TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL, amount INTEGER NOT NULL)'),
  (2, 'sample accounts', 'INSERT INTO account VALUES (''Ada'', 100000), (''Grace'', 0)');
SELECT migrate();

-- The requests as they came in: three hundred, some of them twice, because a client heard no answer and asked again.
CREATE TEMP TABLE request AS
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400)
SELECT 'request-' || (i % 300) AS key, 'Ada' AS source, 'Grace' AS target, 1 + i % 300 AS amount FROM n;

-- 1. Claim them. A token: it is ours. 0: it is done. NULL: another worker has it, and if that one dies we get it after the lease.
--    (A key that came twice is ours once: the second claim finds the first one.)
CREATE TEMP TABLE mine(key, source, target, amount, token);
INSERT INTO temp.mine
SELECT key, source, target, amount, ledger_claim('transfers', key, '2s') FROM temp.request;
DELETE FROM temp.mine WHERE token IS NULL OR token = 0;

-- 2. Whatever takes time, such as asking somebody whether the transfer may be made, comes here, where no lock is held.

-- 3. The effect, the ledger's word and what else depends on them. ledger_done() guards each row: it says 1 once in the life of a key,
--    and only to the token that was handed out last. The result is what anybody who asks again is told.
BEGIN IMMEDIATE;
CREATE TEMP TABLE settled(key, source, target, amount);
INSERT INTO temp.settled
SELECT key, source, target, amount
FROM temp.mine
WHERE ledger_done('transfers', key, token, json_object('status', 'ok', 'amount', amount));

INSERT INTO transfer SELECT * FROM temp.settled;
UPDATE account SET balance = balance - (SELECT total(amount) FROM temp.settled WHERE source = name)
                                     + (SELECT total(amount) FROM temp.settled WHERE target = name);
COMMIT;

-- 4. The answer, the same to the first request and to every later one with its key.
SELECT key, ledger_result('transfers', key) AS answer FROM temp.request WHERE key IN ('request-1', 'request-299') ORDER BY key;

SELECT name, CAST(balance AS INTEGER) AS balance FROM account ORDER BY name;
SELECT ledger, done, claimed, total, bar FROM kv_progress WHERE ledger = 'transfers';
