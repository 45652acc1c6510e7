-- migrate: m/schema.sql: a migration's name begins with its version and '_', such as 003_state; rename it, or move it elsewhere
-- No SQL is passed over in silence: it might be O01_users.sql.
.system mkdir m && touch m/001_a.sql m/schema.sql
SELECT migrate('m');
