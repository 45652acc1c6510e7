-- Atlas has applied the first of two.
.system mkdir m && echo 'CREATE TABLE a(x);' >m/20231114221320_init.sql && echo 'CREATE TABLE b(x);' >m/20231115000000_more.sql && echo 'h1:' >m/atlas.sum
CREATE TABLE `atlas_schema_revisions` (`version` text NOT NULL, `description` text NOT NULL, `type` integer NOT NULL DEFAULT (2),
  `applied` integer NOT NULL DEFAULT (0), `total` integer NOT NULL DEFAULT (0), `executed_at` datetime NOT NULL, `execution_time` integer NOT NULL,
  `error` text NULL, `error_stmt` text NULL, `hash` text NOT NULL, `partial_hashes` json NULL, `operator_version` text NOT NULL, PRIMARY KEY (`version`));
INSERT INTO atlas_schema_revisions VALUES ('20231114221320', 'init', 2, 1, 1, '2023-11-14', 1, '', '', 'h1:', NULL, 'Atlas CLI v0.31.0');
CREATE TABLE a(x);
SELECT migrate_baseline('from', 'm');
INSERT INTO expect SELECT 'taken over', group_concat(state), 'applied,pending' FROM kv_migration('m');
SELECT migrate('m');
INSERT INTO expect SELECT 'the rest', count(*), 2 FROM sqlite_schema WHERE name IN ('a', 'b');
