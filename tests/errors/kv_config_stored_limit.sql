-- kv_config: ledger.max_attempts must be 1 or more; got -3
-- Anything may be in the file.
SELECT ledger_add('work', 'a');
INSERT INTO larder_meta(name, value) VALUES ('ledger.max_attempts', -3);
SELECT kv_config('ledger.max_attempts');
