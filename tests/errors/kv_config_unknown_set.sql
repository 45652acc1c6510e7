-- kv_config: there is no setting 'schema'; there are cache.default_ttl, cache.max_bytes, cache.max_entries, cache.policy, hot.bytes, hot.share, ledger.max_attempts, ledger.max_attempts.NAME, replicated, run.keep, sweep.per_insert
-- The table of the settings also holds Larder's own version, which is no setting.
SELECT kv_config('schema', 99);
