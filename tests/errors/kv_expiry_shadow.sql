-- kv_expiry: 'f_content' is no ordinary table, but of type shadow
CREATE VIRTUAL TABLE f USING fts5(at);
INSERT INTO kv_expiry VALUES ('f_content', 'c0', 60, NULL);
