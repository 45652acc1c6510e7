-- A table of the file's that is called like one of SQLite's own answers for none of them.
CREATE TABLE pragma_table_list(schema, name, type, wr, arg HIDDEN);
CREATE TABLE pragma_table_xinfo(cid, name, type, pk, hidden, arg HIDDEN);
CREATE TABLE pragma_foreign_key_check("table", parent, fkid);
INSERT INTO pragma_table_list VALUES ('main', 'v', 'table', 0, NULL);
INSERT INTO pragma_table_xinfo VALUES (0, 'at', 'REAL', 0, 0, NULL);
CREATE TABLE session(id INTEGER PRIMARY KEY, at);
INSERT INTO session VALUES (1, 0), (2, 9e9);
INSERT INTO kv_expiry VALUES ('session', 'at', 0, 's');
INSERT INTO expect VALUES ('a rule', (SELECT table_name || column_name FROM kv_expiry), 'sessionat'), ('a row', kv_sweep(), 1), ('the other', (SELECT id FROM session), 2);
-- Nor where migrations are taken over.
.system cp -r "$LARDER_MIGRATIONS/dbmate" migrations
CREATE TABLE schema_migrations (version varchar(128) primary key);
INSERT INTO schema_migrations VALUES ('20151127184807'), ('20151201090000');
INSERT INTO expect VALUES ('taken over', migrate_baseline('from', 'migrations'), 2);
