-- cache_set: database or disk is full (13)
SELECT cache_set('a', 1);
PRAGMA max_page_count = 1;
SELECT cache_set('b', zeroblob(1000000));
