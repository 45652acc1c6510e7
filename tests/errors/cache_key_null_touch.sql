-- cache_touch: key must not be NULL
SELECT cache_touch(NULL, 1);
