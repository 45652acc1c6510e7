-- migrate: m/001_a.sql:2: it is not UTF-8
.system mkdir m && printf 'SELECT 1;\nSELECT \351;\n' >m/001_a.sql
SELECT migrate('m');
