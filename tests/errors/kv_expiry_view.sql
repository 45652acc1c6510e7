-- kv_expiry: 'v' is no ordinary table, but of type view
CREATE VIEW v AS SELECT 1 AS at;
INSERT INTO kv_expiry VALUES ('v', 'at', 60, NULL);
