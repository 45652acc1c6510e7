-- A folder without files of Flyway's may stand beside them, and so may other programs.
.system mkdir -p m/archive m/2019 && touch m/archive/old.sql m/archive/Version.java m/2019/notes.txt m/mod.rs m/Verify.java m/V.rs && echo 'CREATE TABLE a(x);' >m/V1__a.sql
SELECT migrate('m');
INSERT INTO expect SELECT 'one', group_concat(source), 'm/V1__a.sql' FROM kv_migration('m');
