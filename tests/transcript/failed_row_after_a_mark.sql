-- Inside BEGIN SQLite undoes no statement that can write one row only, and with it no mark that it has made: the caller has to.
CREATE TABLE account(id INTEGER PRIMARY KEY, balance CHECK (balance >= 0));
INSERT INTO account VALUES (1, 100);
BEGIN;
UPDATE account SET balance = -1 WHERE id = 1 AND ledger_mark('transfer', 'one row');
--> Error: CHECK constraint failed: balance >= 0 (19)
INSERT INTO account VALUES (2, -ledger_mark('transfer', 'its insert'));
--> Error: CHECK constraint failed: balance >= 0 (19)
UPDATE account SET balance = -1 WHERE id >= 1 AND ledger_mark('transfer', 'some rows');
--> Error: CHECK constraint failed: balance >= 0 (19)
INSERT INTO account SELECT 2, -ledger_mark('transfer', 'a query');
--> Error: CHECK constraint failed: balance >= 0 (19)
SAVEPOINT one;
UPDATE account SET balance = -1 WHERE id = 1 AND ledger_mark('transfer', 'in a savepoint');
--> Error: CHECK constraint failed: balance >= 0 (19)
ROLLBACK TO one;
SELECT group_concat(id, ', ') FROM (SELECT id FROM kv_ledger ORDER BY id);
--> its insert, one row
ROLLBACK;
SELECT count(*) FROM kv_ledger;
--> 0
-- Outside of BEGIN the statement is a transaction.
UPDATE account SET balance = -1 WHERE id = 1 AND ledger_mark('transfer', 'one row');
--> Error: CHECK constraint failed: balance >= 0 (19)
SELECT count(*) FROM kv_ledger;
--> 0
