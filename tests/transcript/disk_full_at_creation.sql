-- No room for Larder's tables: none of them is made, and they are when there is.
CREATE TABLE t(x);
PRAGMA max_page_count = 3;
--> 3
SELECT cache_set('a', 1);
--> Error: cache_set: database or disk is full (13)
SELECT count(*) FROM sqlite_schema WHERE name GLOB 'larder_*';
--> 0
SELECT cache_get('a', 'miss');
--> miss
PRAGMA max_page_count = 1000;
--> 1000
SELECT cache_set('a', 1);
--> 1
