-- migrate: m/001_a.sql:3: 'donw' is no mark of dbmate that is known here
-- Taken for a comment, it would run the way down on the way up.
.system mkdir m && printf -- '-- migrate:up\nCREATE TABLE a(x);\n-- migrate:donw\nDROP TABLE a;\n' >m/001_a.sql
SELECT migrate('m');
