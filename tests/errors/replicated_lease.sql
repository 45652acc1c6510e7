-- lease_acquire: owner must be given: this file is replicated, and each machine has another name
SELECT kv_config('replicated', 1);
SELECT kv_clock(1);
SELECT lease_acquire('a', 60);
