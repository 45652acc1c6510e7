-- kv_expiry: 'f_content' is no ordinary table, but of type shadow
-- only where EXISTS (SELECT 1 FROM pragma_module_list WHERE name = 'fts5')
CREATE VIRTUAL TABLE f USING fts5(at);
INSERT INTO kv_expiry VALUES ('f_content', 'c0', 60, NULL);
