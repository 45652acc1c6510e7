-- migrate: m/create_a: a migration's name begins with its version and '_', such as 003_state
.system mkdir -p m/create_a && touch m/create_a/up.sql
SELECT migrate('m');
