-- kv_config: there is no setting 'run.keep.import'; there are cache.default_ttl, cache.max_bytes, cache.max_entries, cache.policy, hot.bytes, hot.share, ledger.max_attempts, ledger.max_attempts.NAME, replicated, run.keep, sweep.per_insert
SELECT kv_config('run.keep.import', 5);
