-- migrate: m/001_a.sql may have been applied by Atlas (atlas_schema_revisions); migrate_baseline(version, directory) counts all up to that version as applied
-- Atlas keeps versions as text, and how many statements of each were run.
.system mkdir m && echo 'CREATE TABLE a(x);' >m/001_a.sql
CREATE TABLE `atlas_schema_revisions` (`version` text NOT NULL, `description` text NOT NULL, `type` integer NOT NULL DEFAULT (2),
  `applied` integer NOT NULL DEFAULT (0), `total` integer NOT NULL DEFAULT (0), `executed_at` datetime NOT NULL, `execution_time` integer NOT NULL,
  `error` text NULL, `error_stmt` text NULL, `hash` text NOT NULL, `partial_hashes` json NULL, `operator_version` text NOT NULL, PRIMARY KEY (`version`));
INSERT INTO atlas_schema_revisions VALUES ('20231114221320', 'init', 2, 1, 1, '2023-11-14', 1, '', '', 'h1:', NULL, 'Atlas CLI v0.31.0');
SELECT migrate('m');
