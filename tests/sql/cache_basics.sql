-- Reading, writing and dying, with the clock held still.
SELECT kv_clock(1000);
SELECT cache_set('a', 'one', 10), cache_set('never', 2.5, NULL), cache_set('null', NULL, 10);

INSERT INTO expect VALUES ('get', cache_get('a'), 'one');
INSERT INTO expect VALUES ('miss', cache_get('b'), NULL);
INSERT INTO expect VALUES ('default', cache_get('b', 7), 7);
INSERT INTO expect VALUES ('a stored NULL is there', cache_has('null'), 1);
INSERT INTO expect VALUES ('ttl', cache_ttl('a'), 10.0);
INSERT INTO expect VALUES ('ttl of what never dies', cache_ttl('never'), 9e999);

-- A row is dead from the very moment of its deadline.
SELECT kv_clock(1010);
INSERT INTO expect VALUES ('dead', cache_get('a', 'gone'), 'gone');
INSERT INTO expect VALUES ('dead has', cache_has('a'), 0);
INSERT INTO expect VALUES ('dead ttl', cache_ttl('a'), NULL);
INSERT INTO expect VALUES ('stale', cache_stale('a'), 'one');
