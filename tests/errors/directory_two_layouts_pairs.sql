-- migrate: m/001_a.sql is dbmate and m/002_b.up.sql is plain SQL; a directory has one layout
-- Files and pairs are one layout, sqlx's; files with sections are another.
.system mkdir m && echo '-- migrate:up' >m/001_a.sql && touch m/002_b.up.sql
SELECT migrate('m');
