-- migrate: m/001_a.sql:2: SQL before '-- migrate:up' belongs to no direction
.system mkdir m && printf -- '-- comment\nSELECT 1;\n-- migrate:up\n-- migrate:down\n' >m/001_a.sql
SELECT migrate('m');
