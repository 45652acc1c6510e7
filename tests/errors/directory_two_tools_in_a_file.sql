-- migrate: m/001_a.sql:2: the file has marks of both dbmate and goose
.system mkdir m && printf -- '-- migrate:up\n-- +goose Down\n' >m/001_a.sql
SELECT migrate('m');
