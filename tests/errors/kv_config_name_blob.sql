-- kv_config: name must be text; got a BLOB of 12 bytes
SELECT kv_config(CAST('cache.policy' AS BLOB));
