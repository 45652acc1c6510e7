-- migrate: m/001_a.sql: it has more than 64 MiB
.system mkdir m && truncate -s 40G m/001_a.sql
SELECT migrate('m');
