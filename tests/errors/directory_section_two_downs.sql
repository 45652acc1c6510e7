-- migrate: m/001_a.sql:4: '-- migrate:down' is there already
.system mkdir m && printf -- '-- migrate:up\nSELECT 1;\n-- migrate:down\n-- migrate:down\n' >m/001_a.sql
SELECT migrate('m');
