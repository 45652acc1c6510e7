-- An import that can be killed at any moment and simply be started again: each record is stored exactly once.
--
--   cp resumable-import.sql airports.csv /some/folder && cd /some/folder
--   sqlite3 -cmd '.load /path/to/larder' airports.db < resumable-import.sql
--
-- airports.csv: 3,376 airports of the United States, a work of the U.S. government and so in the public domain.
-- Source: "Airports", data.gov, https://catalog.data.gov/dataset/airports-5e97a, as packaged by vega-datasets 3.2.1.
--
-- What makes it work: the record, its ledger mark and the checkpoint are one transaction. A kill leaves either all three or none.
.bail on
.mode list
.headers off

-- 1. The schema. Declaring it again is a no-op, and migrate() runs only what this file has not seen.
--    (iata has no UNIQUE constraint, so that nothing but the ledger keeps a record from being stored twice.)
INSERT INTO kv_migration(version, name, up, down) VALUES
  (1, 'airports', 'CREATE TABLE airport(
     id INTEGER PRIMARY KEY, iata TEXT NOT NULL, name TEXT NOT NULL, city TEXT, state TEXT, country TEXT,
     latitude REAL NOT NULL, longitude REAL NOT NULL)', 'DROP TABLE airport'),
  (2, 'span of the state', 'ALTER TABLE airport ADD COLUMN state_span_km REAL',
     'ALTER TABLE airport DROP COLUMN state_span_km');
SELECT 'schema version ' || migrate();

-- 2. The file, read anew on each start into a table that only this connection sees. The columns are declared because .import would
--    otherwise guess: the airports 0E0 and 0E8 would both become the number 0.
CREATE TEMP TABLE record(iata TEXT, name TEXT, city TEXT, state TEXT, country TEXT, latitude REAL, longitude REAL);
.import --csv --skip 1 --schema temp airports.csv record

-- 3. A value that is expensive to derive: the longest distance between two airports of a state compares each with each other
--    (haversine formula, kilometres). It is worked out for the first airport of a state and kept for an hour, also across starts.
CREATE TEMP VIEW airport_with_span AS
SELECT line, iata, name, city, state, country, latitude, longitude,
  coalesce(
    cache_get('span:' || state),
    cache_set('span:' || state,
      (SELECT max(2 * 6371 * asin(sqrt(
         pow(sin(radians(b.latitude - a.latitude) / 2), 2) +
         cos(radians(a.latitude)) * cos(radians(b.latitude)) * pow(sin(radians(b.longitude - a.longitude) / 2), 2))))
       FROM record AS a JOIN record AS b ON a.state = b.state
       WHERE a.state = r.state),
      '1h')) AS state_span_km
FROM (SELECT rowid AS line, * FROM record) AS r;

-- 4. Where we stand. ledger_seen() tells what earlier starts have finished.
CREATE TEMP TABLE this_start(records, skipped, imported);
INSERT INTO temp.this_start
SELECT count(*), sum(ledger_seen('airports', iata)), 0 FROM record;

SELECT printf('%d records, %d done before this start (skipped), %d to do', records, skipped, records - skipped) FROM this_start;

CREATE TEMP VIEW progress AS
SELECT printf('[%s%s] %3d %%  %d of %d',
    substr('####################', 1, done * 20 / records), substr('--------------------', 1, 20 - done * 20 / records),
    done * 100 / records, done, records) AS bar
FROM (SELECT records, coalesce((SELECT done FROM kv_progress WHERE ledger = 'airports'), 0) AS done FROM this_start);

-- 5. Record by record, each in a transaction of its own. The shell has no loop, so this writes the statements to a file and reads
--    them. The WHERE on ledger_mark() guards each record once more, should a second import run at the same time
--    (from a folder of its own: todo.sql belongs to one run).
.once todo.sql
SELECT printf('BEGIN IMMEDIATE;
INSERT INTO airport(iata, name, city, state, country, latitude, longitude, state_span_km)
SELECT iata, name, city, state, country, latitude, longitude, state_span_km
FROM airport_with_span
WHERE line = %d AND ledger_mark(''airports'', iata);
UPDATE this_start SET imported = imported + checkpoint_advance(''airports'', %d);
COMMIT;
%s', line, line, iif(line * 5 / records > (line - 1) * 5 / records AND line < records, 'SELECT bar FROM progress;', ''))
FROM (SELECT rowid AS line, iata FROM record), this_start
WHERE NOT ledger_seen('airports', iata)
ORDER BY line;
.read todo.sql

-- 6. What this start did.
SELECT bar FROM progress;
SELECT printf('%d imported now, %d skipped, checkpoint at line %d', imported, skipped, checkpoint_get('airports'))
FROM this_start;
SELECT printf('span of a state: %d worked out, %d from the cache',
  max(value) FILTER (WHERE name = 'misses'), max(value) FILTER (WHERE name = 'hits'))
FROM kv_stats;
