-- A checksum ignores all byte order marks, in the file and in the history.
.system mkdir m && printf '\357\273\277\357\273\277CREATE TABLE a(x);\n' >m/1_a.sql
SELECT migrate('m');
.system printf 'CREATE TABLE a(x);\n' >m/1_a.sql
INSERT INTO expect SELECT 'the same', state, 'applied' FROM kv_migration('m');
