-- kv_ledger: attempts can only be changed to 0; got 2
SELECT ledger_claim('import', 'a', 60), ledger_fail('import', 'a', 1, 'x');
UPDATE kv_ledger SET attempts = 2;
