-- ledger_next: owner must be given: this file is replicated, and each machine has another name
SELECT kv_config('replicated', 1);
SELECT kv_clock(1);
SELECT ledger_add('q', 'a');
SELECT ledger_next('q', 60);
