-- kv_rate: rows can only be deleted; rate_take() makes them
INSERT INTO kv_rate VALUES ('a', 1, 1);
