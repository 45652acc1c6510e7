-- table kv_checkpoint may not be modified
UPDATE kv_checkpoint SET value = 0;
