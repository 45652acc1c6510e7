-- kv_rate: rows can only be deleted; rate_take() makes them
SELECT rate_take('a', 1, '1h');
UPDATE kv_rate SET allowed_at = 0;
