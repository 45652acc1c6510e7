-- Parentheses behind a variable of Tcl's hold anything but space, and a variable is NULL.
INSERT INTO kv_migration(version, up) VALUES (1, 'CREATE TABLE a AS SELECT $a(;'') IS NULL AS x, :b IS NULL AS y, @c::d IS NULL AS z; INSERT INTO a VALUES (2, ''; COMMIT'', 2)');
SELECT migrate();
INSERT INTO expect SELECT 'both statements ran', group_concat(x || y || z, ' '), '111 2; COMMIT2' FROM a;
