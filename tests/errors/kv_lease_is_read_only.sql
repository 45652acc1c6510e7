-- table kv_lease may not be modified
DELETE FROM kv_lease;
