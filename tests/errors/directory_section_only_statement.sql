-- migrate: m/001_a.sql:1: the file has no '-- +goose Up'
.system mkdir m && printf -- '-- +goose StatementBegin\nSELECT 1;\n-- +goose StatementEnd\n' >m/001_a.sql
SELECT migrate('m');
