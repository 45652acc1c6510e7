-- migrate: m/001_a.sql and m/V1.2__b.sql are of different layouts; a directory has one
-- Their orders differ, and a tool that knows the one passes the other over.
.system mkdir m && touch m/001_a.sql m/V1.2__b.sql
SELECT migrate('m');
