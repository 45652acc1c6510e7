-- kv_config: ledger.max_attempts of 'import' must be a whole number; got 'few'
SELECT kv_config('ledger.max_attempts.import', 'few');
