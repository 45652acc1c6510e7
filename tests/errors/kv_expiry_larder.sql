-- kv_expiry: rows of larder_cache are not the user's, and cannot expire by a rule
SELECT cache_set(1, 1);
INSERT INTO kv_expiry VALUES ('LARDER_cache', 'expires_at', NULL, NULL);
