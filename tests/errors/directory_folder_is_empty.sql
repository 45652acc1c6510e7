-- migrate: m/002_b: there is no up.sql in it
.system mkdir -p m/001_a m/002_b && touch m/001_a/up.sql
SELECT migrate('m');
