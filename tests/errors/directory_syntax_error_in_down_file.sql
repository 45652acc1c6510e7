-- migrate_down: m/1_a.down.sql:2: near "TABL": syntax error (statement 1, nothing was undone)
.system mkdir m && printf 'CREATE TABLE a(x);\n' >m/1_a.up.sql && printf '\nDROP TABL a;\n' >m/1_a.down.sql
SELECT migrate('m');
SELECT migrate_down(0, 'm');
