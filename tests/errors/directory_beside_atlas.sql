-- migrate: m/20231114221320_init.sql was applied by Atlas already (atlas_schema_revisions); migrate_baseline('from', directory) takes that history over; migrate_baseline(0, directory) passes over that table if it is of other migrations
.system mkdir m && echo 'CREATE TABLE a(x);' >m/20231114221320_init.sql && echo 'CREATE TABLE b(x);' >m/20231115000000_more.sql && echo 'h1:' >m/atlas.sum
CREATE TABLE `atlas_schema_revisions` (`version` text NOT NULL, `description` text NOT NULL, `type` integer NOT NULL DEFAULT (2),
  `applied` integer NOT NULL DEFAULT (0), `total` integer NOT NULL DEFAULT (0), `executed_at` datetime NOT NULL, `execution_time` integer NOT NULL,
  `error` text NULL, `error_stmt` text NULL, `hash` text NOT NULL, `partial_hashes` json NULL, `operator_version` text NOT NULL, PRIMARY KEY (`version`));
INSERT INTO atlas_schema_revisions VALUES ('20231114221320', 'init', 2, 1, 1, '2023-11-14', 1, '', '', 'h1:', NULL, 'Atlas CLI v0.31.0');
SELECT migrate('m');
