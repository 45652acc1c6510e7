-- kv_ledger: rows cannot be updated; the ledger_ functions change them
SELECT ledger_add('import', 'a');
UPDATE kv_ledger SET status = 'done' WHERE id = 'a';
