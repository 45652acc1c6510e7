-- A cache that cannot go out of date: the table's own triggers remove what a change makes wrong.
--
-- It makes a table `product` of its own, so give it a new file:
--
--   sqlite3 -cmd '.load /path/to/larder' triggers.db < invalidate_by_trigger.sql
.bail on

-- A trigger may call Larder only where the schema is trusted. SQLite trusts it unless it is told otherwise; the sqlite3 shell says so
-- since 3.44, and so do a few programs. Every connection that writes such a table needs this then, or triggers as in 2.
PRAGMA trusted_schema = ON;

CREATE TABLE product(id INTEGER PRIMARY KEY, category TEXT NOT NULL, name TEXT NOT NULL, price REAL NOT NULL);
INSERT INTO product(id, category, name, price) VALUES (1, 'tea', 'Assam', 4.5), (2, 'tea', 'Sencha', 6), (3, 'jam', 'Quince', 3.2);

-- 1. One entry for each product, one page for each category. The triggers are part of the writer's transaction: with it they
--    take effect, and with it they are undone.
CREATE TRIGGER product_changed AFTER UPDATE ON product BEGIN
  SELECT cache_del('product:' || OLD.id), cache_del('page:' || OLD.category), cache_del('page:' || NEW.category);
END;
CREATE TRIGGER product_added AFTER INSERT ON product BEGIN
  SELECT cache_del('product:' || NEW.id), cache_del('page:' || NEW.category);
END;

-- 2. A program that writes this table without Larder would fail with "no such function: cache_del". Where there are such programs,
--    a trigger may name the table below the cache, which is an ordinary one and documented. (Larder makes it at its first write.)
CREATE TRIGGER product_removed AFTER DELETE ON product BEGIN
  DELETE FROM larder_cache WHERE key IN ('product:' || OLD.id, 'page:' || OLD.category);
END;

-- 3. Fill the cache.
CREATE TEMP VIEW page AS
SELECT category, json_group_array(json_object('name', name, 'price', price)) AS body FROM product GROUP BY category;

INSERT OR REPLACE INTO kv_cache(key, value) SELECT 'page:' || category, body FROM page;
INSERT OR REPLACE INTO kv_cache(key, value) SELECT 'product:' || id, json_object('name', name, 'price', price) FROM product;
SELECT key, value FROM kv_cache ORDER BY key;

-- 4. A price changes: the product and the page that shows it are gone from the cache, the others are still there.
UPDATE product SET price = 5 WHERE id = 1;
SELECT cache_has('product:1'), cache_has('page:tea'), cache_has('product:2'), cache_has('page:jam');

-- 5. The next reader puts them back, right.
SELECT coalesce(cache_get('page:tea'), cache_set('page:tea', (SELECT body FROM page WHERE category = 'tea')));

-- 6. What is rolled back invalidates nothing.
BEGIN;
UPDATE product SET price = 99 WHERE id = 3;
ROLLBACK;
SELECT cache_get('page:jam');

-- 7. A product that moves empties both pages, one that is deleted empties its own.
UPDATE product SET category = 'jam' WHERE id = 2;
DELETE FROM product WHERE id = 3;
SELECT key FROM kv_cache WHERE key GLOB 'page:*' OR key GLOB 'product:*';
