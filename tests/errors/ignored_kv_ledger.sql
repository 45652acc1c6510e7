-- kv_ledger: larder_ledger did not take the change: is there a trigger on it?
SELECT ledger_mark('l', 1);
CREATE TRIGGER keep BEFORE INSERT ON larder_ledger BEGIN SELECT RAISE(IGNORE); END;
INSERT INTO kv_ledger(ledger, id) VALUES ('l', 2);
