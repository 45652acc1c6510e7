-- migrate: m/001_a.sql: it is UTF-16; migrations are UTF-8
.system mkdir m && printf '\377\376S\000E\000 ' >m/001_a.sql
SELECT migrate('m');
