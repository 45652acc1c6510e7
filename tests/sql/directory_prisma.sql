-- A folder for each migration with a migration.sql in it, beside a lock file: prisma's. It rebuilds tables between two PRAGMAs.
.system mkdir -p m/20230101120000_init m/20230102120000_state && echo 'provider = "sqlite"' >m/migration_lock.toml
.system echo 'CREATE TABLE "User"("id" INTEGER NOT NULL PRIMARY KEY);' >m/20230101120000_init/migration.sql
.system printf -- '-- RedefineTables\nPRAGMA foreign_keys=OFF;\nCREATE TABLE "new_User"("id" INTEGER NOT NULL PRIMARY KEY, "state" TEXT);\nINSERT INTO "new_User"("id") SELECT "id" FROM "User";\nDROP TABLE "User";\nALTER TABLE "new_User" RENAME TO "User";\nPRAGMA foreign_key_check;\nPRAGMA foreign_keys=ON;\n' >m/20230102120000_state/migration.sql
SELECT migrate('m');
INSERT INTO expect SELECT 'both ran', group_concat(name), 'id,state' FROM pragma_table_info('User');
INSERT INTO expect SELECT 'their files', source, 'm/20230102120000_state/migration.sql' FROM kv_migration('m') WHERE name = 'state';
