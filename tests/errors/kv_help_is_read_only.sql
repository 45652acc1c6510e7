-- table kv_help may not be modified
DELETE FROM kv_help;
