-- kv_expiry: 'f' is no ordinary table, but of type virtual
-- only where EXISTS (SELECT 1 FROM pragma_module_list WHERE name = 'fts5')
CREATE VIRTUAL TABLE f USING fts5(at);
INSERT INTO kv_expiry VALUES ('f', 'at', 60, NULL);
