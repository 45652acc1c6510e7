-- migrate_down: m/1_a.sql:4: COMMIT is not allowed in a migration, which is one transaction (statement 1, nothing was undone)
.system mkdir m && printf -- '-- migrate:up\nCREATE TABLE a(x);\n-- migrate:down\nCOMMIT;\n' >m/1_a.sql
SELECT migrate('m');
SELECT migrate_down(0, 'm');
