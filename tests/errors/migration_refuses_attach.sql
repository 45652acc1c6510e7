-- migrate: migration 1 (bad):2: ATTACH is not allowed in a migration, which is one transaction (statement 2, nothing was applied)
INSERT INTO kv_migration(version, name, up) VALUES (1, 'bad', 'CREATE TABLE a(x);
/* now */ ATTACH ''x'' AS x; CREATE TABLE b(x)');
SELECT migrate();
