-- kv_config: ledger.max_attempts of 'import' must be 1 or more; got 0
SELECT kv_config('ledger.max_attempts.import', 0);
