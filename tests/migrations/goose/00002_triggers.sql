-- The way down comes without StatementBegin.
-- +goose Up
CREATE TABLE post_log(id INTEGER, was TEXT);
-- +goose StatementBegin
CREATE TRIGGER post_changed AFTER UPDATE ON post BEGIN
  INSERT INTO post_log VALUES (old.id, old.title);
  INSERT INTO post_log VALUES (new.id, new.title);
END;
-- +goose StatementEnd
INSERT INTO post VALUES (1, 'first; post', '-- +goose Down is not at the beginning of this line');
-- +goose Down
DROP TRIGGER post_changed;
DROP TABLE post_log;
DELETE FROM post;
