-- migrate: m/00002_b.go: it is a migration in Go, which cannot be run here; write it in SQL
-- goose has such; without it the others may not fit.
.system mkdir m && touch m/00001_a.sql m/00002_b.go m/embed.go
SELECT migrate('m');
