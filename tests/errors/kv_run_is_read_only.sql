-- table kv_run may not be modified
DELETE FROM kv_run;
