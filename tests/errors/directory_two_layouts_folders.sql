-- migrate: m/001_a.sql and m/002_b/up.sql are of different layouts; a directory has one
.system mkdir -p m/002_b && touch m/001_a.sql m/002_b/up.sql
SELECT migrate('m');
