-- migrate: m/001_a: there is a down.sql in it and no up.sql
.system mkdir -p m/001_a && touch m/001_a/down.sql
SELECT migrate('m');
