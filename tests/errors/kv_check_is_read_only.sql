-- table kv_check may not be modified
DELETE FROM kv_check;
