-- migrate: m/1_a.up.sql: it has the marks of goose, and its name is of another layout
.system mkdir m && printf -- '-- +goose Up\nCREATE TABLE a(x);\n-- +goose Down\nDROP TABLE a;\n' >m/1_a.up.sql
SELECT migrate('m');
