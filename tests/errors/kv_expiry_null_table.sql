-- kv_expiry: table_name must be a name; got NULL
INSERT INTO kv_expiry VALUES (NULL, 'at', 60, 's');
