-- migrate: m/001_a.sql is dbmate and m/002_b.sql is goose; a directory has one layout
.system mkdir m && echo '-- migrate:up' >m/001_a.sql && echo '-- +goose Up' >m/002_b.sql
SELECT migrate('m');
