-- kv_expiry: 'f' is no ordinary table, but of type virtual
CREATE VIRTUAL TABLE f USING fts5(at);
INSERT INTO kv_expiry VALUES ('f', 'at', 60, NULL);
