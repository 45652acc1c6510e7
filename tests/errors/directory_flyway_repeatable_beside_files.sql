-- migrate: m/001_a.sql and m/R__b.sql are of different layouts; a directory has one
.system mkdir m && touch m/001_a.sql m/R__b.sql
SELECT migrate('m');
