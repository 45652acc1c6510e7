-- goose takes a file without a way down, or with an empty one, for one that undoes nothing.
.system mkdir m && printf -- '-- +goose Up\nCREATE TABLE a(x);\n' >m/1_a.sql && printf -- '-- +goose Up\nCREATE TABLE b(x);\n-- +goose Down\n' >m/2_b.sql
SELECT migrate('m');
SELECT migrate_down(0, 'm');
INSERT INTO expect SELECT 'down', user_version, 0 FROM pragma_user_version;
INSERT INTO expect SELECT 'nothing was undone', count(*), 2 FROM sqlite_schema WHERE name IN ('a', 'b');
