-- table kv_progress may not be modified
DELETE FROM kv_progress;
