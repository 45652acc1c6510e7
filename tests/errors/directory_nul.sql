-- migrate: m/001_a.sql:2: it holds a NUL character
.system mkdir m && printf 'SELECT 1;\nSELECT \000 2;\n' >m/001_a.sql
SELECT migrate('m');
