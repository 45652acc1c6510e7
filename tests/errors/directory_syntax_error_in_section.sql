-- migrate: m/1_a.sql:5: near "TABL": syntax error (statement 2, nothing was applied)
-- Lines and all: those an editor shows.
.system mkdir m && printf -- '-- one\r\n-- +goose Up\r\nSELECT\r\n  1;\r\nCREATE TABL x(y);\r\n-- +goose Down\r\n' >m/1_a.sql
SELECT migrate('m');
