-- A file that begins with "-- migrate:no-transaction" runs by itself in every layout, also with sections below.
.system mkdir m && printf 'CREATE TABLE a(x);\n' >m/1_a.sql && printf -- '-- migrate:no-transaction\nPRAGMA journal_mode = DELETE;\nBEGIN;\nINSERT INTO a VALUES (1);\nCOMMIT;\n' >m/2_b.sql
SELECT migrate('m');
INSERT INTO expect SELECT 'plain', user_version, 2 FROM pragma_user_version;
INSERT INTO expect SELECT 'ran', count(*), 1 FROM a;
.system mkdir d && printf -- '-- migrate:no-transaction\n-- migrate:up\nBEGIN; CREATE TABLE b(x); COMMIT;\n-- migrate:down\nBEGIN; DROP TABLE b; COMMIT;\n' >d/3_b.sql
SELECT migrate('d');
INSERT INTO expect SELECT 'sections', user_version, 3 FROM pragma_user_version;
SELECT migrate_down(2, 'd');
INSERT INTO expect SELECT 'and down', user_version, 2 FROM pragma_user_version;
INSERT INTO expect SELECT 'gone', count(*), 0 FROM sqlite_schema WHERE name = 'b';
