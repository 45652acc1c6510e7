-- kv_expiry: there is no table 'kv_cache' in the main database
INSERT INTO kv_expiry VALUES ('kv_cache', 'expires_at', NULL, NULL);
