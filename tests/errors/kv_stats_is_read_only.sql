-- table kv_stats may not be modified
DELETE FROM kv_stats;
