-- migrate: m/001_a.sql:3: '-- +goose Up' is there already
.system mkdir m && printf -- '-- +goose Up\nSELECT 1;\n-- +goose Up\n' >m/001_a.sql
SELECT migrate('m');
