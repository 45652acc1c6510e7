-- migrate: migration 1:2: COMMIT is not allowed in a migration, which is one transaction (statement 2, nothing was applied)
-- To SQLite, $a(') and $b(') are variables of Tcl: what is between them is no string.
INSERT INTO kv_migration(version, up) VALUES (1, 'SELECT $a(''), :b::c(;);
COMMIT; SELECT $b('')');
SELECT migrate();
