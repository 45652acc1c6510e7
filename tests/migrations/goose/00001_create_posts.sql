-- +goose Up
-- +goose StatementBegin
CREATE TABLE post (
    id INTEGER PRIMARY KEY,
    title TEXT,
    body TEXT
);
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
DROP TABLE post;
-- +goose StatementEnd
