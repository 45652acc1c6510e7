-- A schema that grows with the program: declare every step, apply what is missing.
--
--   sqlite3 -cmd '.load /path/to/larder' migrations.db < schema_migrations.sql
--
-- Run this at each start of the program. What is applied already is skipped; two programs that start together both succeed, and
-- one of them does the work.
.bail on

-- 0. The other one waits for it. By itself it would do so for 5 seconds only, and then fail with "database is locked": give it the time
-- that your longest migration may take on your largest database, here a minute.
SELECT kv_busy_timeout(60000);

-- 1. Declare. Nothing happens to the database yet; declarations live in the connection, as files live in a folder.
INSERT INTO kv_migration(version, name, up, down) VALUES
  (1, 'customers',
   'CREATE TABLE customer(id INTEGER PRIMARY KEY, name TEXT NOT NULL, address TEXT);
    INSERT INTO customer(id, name, address) VALUES (1, ''Ada'', ''12 Main St''), (2, ''Grace'', NULL);',
   'DROP TABLE customer'),

  (2, 'orders refer to customers',
   'CREATE TABLE orders(id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE);
    INSERT INTO orders(customer_id) VALUES (1), (1), (2);',
   'DROP TABLE orders'),

  -- SQLite cannot add a NOT NULL column without a default, or change a column's type. The way is a new table, a copy, and a change
  -- of names. Dropping the old table would cascade to the orders; migrate() switches foreign keys off while the scripts run and
  -- checks them afterwards.
  (3, 'every customer has an address',
   'CREATE TABLE new_customer(id INTEGER PRIMARY KEY, name TEXT NOT NULL, address TEXT NOT NULL);
    INSERT INTO new_customer SELECT id, name, coalesce(address, ''unknown'') FROM customer;
    DROP TABLE customer;
    ALTER TABLE new_customer RENAME TO customer;',
   'CREATE TABLE old_customer(id INTEGER PRIMARY KEY, name TEXT NOT NULL, address TEXT);
    INSERT INTO old_customer SELECT id, name, nullif(address, ''unknown'') FROM customer;
    DROP TABLE customer;
    ALTER TABLE old_customer RENAME TO customer;');

-- 2. Look before you leap.
SELECT version, name, state FROM kv_migration;

-- 3. Only as far as version 2, for instance because a program of the last release is still running.
SELECT migrate(NULL, 2);
SELECT iif(migrate_check(), 'up to date', 'something is pending');

-- 4. All the rest. All that is pending is one transaction: a mistake in any statement leaves the database as it was.
SELECT migrate();
SELECT iif(migrate_check(), 'up to date', 'something is pending');

-- 5. One step back and forward again.
SELECT migrate_down(2);
SELECT migrate();

-- 6. The history. PRAGMA user_version is the same number, for tools that know nothing of Larder.
SELECT version, name, state, datetime(applied_at, 'unixepoch') AS applied FROM kv_migration;
PRAGMA user_version;
