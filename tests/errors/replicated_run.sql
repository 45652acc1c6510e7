-- run_start: owner must be given: this file is replicated, and each machine has another name
SELECT kv_config('replicated', 1);
SELECT kv_clock(1);
SELECT run_start('a', 60);
