-- migrate: m: there is no migration in this directory
-- A wrong path should not look like success.
.system mkdir m && touch m/README.md
SELECT migrate('m');
