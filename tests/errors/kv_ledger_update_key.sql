-- kv_ledger: row_key cannot be changed
-- The hidden column.
SELECT ledger_add('import', 'a');
UPDATE kv_ledger SET row_key = x'00';
