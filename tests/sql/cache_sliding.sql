-- A session that lives on while it is used: each look moves its end. What changes its value leaves the end where it is.
SELECT kv_clock(1000);
SELECT cache_set('s', 'cart: 1 item', '30m');
SELECT kv_clock(2799);
CREATE TEMP TABLE looked(alive, value);
INSERT INTO temp.looked SELECT cache_touch('s', '30m'), cache_get('s');
INSERT INTO expect VALUES ('alive', (SELECT alive FROM looked), 1), ('its value', (SELECT value FROM looked), 'cart: 1 item'),
  ('a new end', cache_ttl('s'), 1800.0);

SELECT kv_clock(2800);
UPDATE kv_cache SET value = 'cart: 2 items' WHERE key = 's';
INSERT INTO expect VALUES ('another value', cache_get('s'), 'cart: 2 items'), ('and the same end', cache_ttl('s'), 1799.0);

SELECT kv_clock(4599);
DELETE FROM temp.looked;
INSERT INTO temp.looked SELECT cache_touch('s', '30m'), cache_get('s');
INSERT INTO expect VALUES ('unused for half an hour', (SELECT alive FROM looked), 0), ('no value', (SELECT value FROM looked), NULL),
  ('a look brings nothing back', cache_has('s'), 0);
