-- migrate: m/R__a.sql: no such table: main.larder_meta
-- It is named which script is to blame.
.system mkdir m && echo 'DROP TABLE larder_meta;' >m/R__a.sql
SELECT migrate('m');
