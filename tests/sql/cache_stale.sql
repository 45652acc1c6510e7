-- A value that died may still be better than none, until a sweep removes it.
SELECT kv_clock(1000);
SELECT cache_set('a', 'v', 10), cache_set('never', 'n', NULL), cache_set('null', NULL, 10);
INSERT INTO expect VALUES ('alive', cache_stale('a'), 'v');
INSERT INTO expect VALUES ('alive, not a second stale', cache_stale('a', 0), 'v');
INSERT INTO expect VALUES ('absent', cache_stale('b'), NULL);

SELECT kv_clock(1030);
INSERT INTO expect VALUES ('20 seconds dead', cache_stale('a'), 'v');
INSERT INTO expect VALUES ('at most 20', cache_stale('a', 20), 'v');
INSERT INTO expect VALUES ('at most 19.999', cache_stale('a', 19.999), NULL);
INSERT INTO expect VALUES ('at most a minute', cache_stale('a', '1m'), 'v');
INSERT INTO expect VALUES ('any', cache_stale('a', NULL), 'v');
INSERT INTO expect VALUES ('any at all', cache_stale('a', 9e999), 'v');
INSERT INTO expect VALUES ('none', cache_stale('a', 0), NULL);
INSERT INTO expect VALUES ('what never dies', cache_stale('never', 0), 'n');
INSERT INTO expect VALUES ('to the others it is dead', cache_get('a', 'miss'), 'miss');

SELECT kv_sweep();
INSERT INTO expect VALUES ('swept', cache_stale('a'), NULL);
INSERT INTO expect VALUES ('not what lives', cache_stale('never'), 'n');
