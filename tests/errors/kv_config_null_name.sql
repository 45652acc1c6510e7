-- kv_config: name must not be NULL
SELECT kv_config(NULL);
