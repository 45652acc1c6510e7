-- migrate: m/R__b.sql:2: no such table: missing (statement 2, nothing was applied)
-- only where sqlite_version() >= '3.38'
.system mkdir m && echo 'CREATE TABLE a(x);' >m/V1__a.sql && printf 'INSERT INTO a VALUES (1);\nINSERT INTO missing VALUES (1);\n' >m/R__b.sql
SELECT migrate('m');
