-- migrate: m/2_b.sql:4: COMMIT is not allowed in a migration
.system mkdir m && printf -- '-- +goose Up\nCREATE TABLE a(x);\n' >m/1_a.sql && printf -- '-- +goose Up\n\nSELECT 1;\nCOMMIT;\n' >m/2_b.sql
SELECT migrate('m');
