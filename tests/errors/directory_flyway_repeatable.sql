-- migrate: m/R__view.sql: a repeatable migration, which is not read here; give it a version, or move it elsewhere
.system mkdir m && touch m/R__view.sql m/V1__a.sql
SELECT migrate('m');
