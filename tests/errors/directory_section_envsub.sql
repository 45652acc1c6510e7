-- migrate: m/001_a.sql:2: 'envsub on' is no mark of goose that is known here
-- A text that depends on the environment is another text each time.
.system mkdir m && printf -- '-- +goose Up\n-- +goose ENVSUB ON\nSELECT 1;\n' >m/001_a.sql
SELECT migrate('m');
