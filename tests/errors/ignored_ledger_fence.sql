-- ledger_forget: larder_meta did not take the change: is there a trigger on it?
SELECT ledger_claim('q', 'a', 60);
CREATE TRIGGER keep BEFORE INSERT ON larder_meta BEGIN SELECT RAISE(IGNORE); END;
SELECT ledger_forget('q');
