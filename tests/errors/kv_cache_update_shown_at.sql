-- kv_cache: shown_at cannot be set
SELECT cache_set('a', 1), ledger_add('l', 1);
UPDATE kv_cache SET value = 2, shown_at = 5;
