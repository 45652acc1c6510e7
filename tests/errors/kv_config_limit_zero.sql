-- kv_config: ledger.max_attempts must be 1 or more; got 0
SELECT kv_config('ledger.max_attempts', 0);
