-- migrate: m/001_a.sql:1: the way down stands before the way up
.system mkdir m && printf -- '-- +goose Down\n-- +goose Up\n' >m/001_a.sql
SELECT migrate('m');
