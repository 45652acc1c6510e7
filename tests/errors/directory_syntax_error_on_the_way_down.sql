-- migrate_down: m/1_a.sql:6: near "TABL": syntax error (statement 1, nothing was undone)
.system mkdir m && printf -- '-- migrate:up\nCREATE TABLE a(x);\n\n-- migrate:down\n\nDROP TABL a;\n' >m/1_a.sql
SELECT migrate('m');
SELECT migrate_down(0, 'm');
