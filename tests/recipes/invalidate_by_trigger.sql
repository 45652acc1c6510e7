-- starts: 1
INSERT INTO expect VALUES
  ('product 1: price changed', cache_has('product:1'), 0),
  ('product 2: moved', cache_has('product:2'), 0),
  ('product 3: deleted', cache_has('product:3'), 0),
  ('the page it left and had refilled', cache_has('page:tea'), 0),
  ('the page it joined', cache_has('page:jam'), 0);

-- The triggers stay in the file, for every connection to come.
INSERT INTO product(id, category, name, price) VALUES (4, 'jam', 'Plum', 2);
SELECT cache_set('page:jam', 'cached'), cache_set('page:tea', 'cached'), cache_set('product:4', 'cached');

BEGIN;
UPDATE product SET price = 3 WHERE id = 4;
INSERT INTO expect VALUES ('gone inside the transaction', cache_get('page:jam'), NULL);
ROLLBACK;
INSERT INTO expect VALUES ('and back after the rollback', cache_get('page:jam'), 'cached');

UPDATE product SET price = 3 WHERE id = 4;
INSERT INTO expect VALUES
  ('its page', cache_get('page:jam'), NULL), ('its entry', cache_get('product:4'), NULL),
  ('another page stays', cache_get('page:tea'), 'cached');

SELECT cache_set('page:jam', 'cached');
DELETE FROM product WHERE id = 4;
INSERT INTO expect VALUES ('the trigger that names the table', cache_get('page:jam'), NULL);
