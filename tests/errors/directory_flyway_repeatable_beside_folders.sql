-- migrate: m/001_a/up.sql and m/R__b.sql are of different layouts; a directory has one
.system mkdir -p m/001_a && touch m/001_a/up.sql m/R__b.sql
SELECT migrate('m');
