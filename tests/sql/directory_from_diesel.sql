-- diesel keeps the applied versions as text.
.system cp -r "$LARDER_MIGRATIONS/diesel" migrations
CREATE TABLE __diesel_schema_migrations (
       version VARCHAR(50) PRIMARY KEY NOT NULL,
       run_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
.read migrations/2018-01-14-171611_create_posts/up.sql
;
INSERT INTO __diesel_schema_migrations(version) VALUES ('20180114171611');
SELECT migrate_baseline('from', 'migrations');
INSERT INTO expect SELECT 'states', group_concat(state), 'applied,pending,pending' FROM kv_migration('migrations');
SELECT migrate('migrations');
INSERT INTO expect SELECT 'the rest', user_version, 3 FROM pragma_user_version;
SELECT migrate_down(0, 'migrations');
INSERT INTO expect SELECT 'and back', user_version, 0 FROM pragma_user_version;
