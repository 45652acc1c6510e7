-- One file with both directions, as goose has it. StatementBegin and StatementEnd are read over; NO TRANSACTION holds for both ways.
.system cp -r "$LARDER_MIGRATIONS/goose" migrations
SELECT migrate('migrations');
INSERT INTO expect SELECT 'applied', user_version, 3 FROM pragma_user_version;
UPDATE post SET title = 'second';
INSERT INTO expect SELECT 'the whole trigger', count(*), 2 FROM post_log;
INSERT INTO expect SELECT 'no transaction', journal_mode, 'wal' FROM pragma_journal_mode;
SELECT migrate_down(0, 'migrations');
INSERT INTO expect SELECT 'down', user_version, 0 FROM pragma_user_version;
INSERT INTO expect SELECT 'no transaction on the way down', journal_mode, 'delete' FROM pragma_journal_mode;
INSERT INTO expect SELECT 'nothing left', count(*), 0 FROM sqlite_schema WHERE name GLOB 'post*';
-- Any case, and any space after the dashes.
.system mkdir loose && printf -- '--   +goose  UP\r\nCREATE TABLE loose(x);\r\n--+goose down\r\nDROP TABLE loose;\r\n' >loose/5_a.sql
SELECT migrate('loose');
INSERT INTO expect SELECT 'up', user_version, 5 FROM pragma_user_version;
SELECT migrate_down(0, 'loose');
INSERT INTO expect SELECT 'down', user_version, 0 FROM pragma_user_version;
