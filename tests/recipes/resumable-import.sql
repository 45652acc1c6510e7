-- starts: 2
-- Two whole runs. tests/demo/demo.py is the test that kills it.
CREATE TEMP TABLE file(iata TEXT, name TEXT, city TEXT, state TEXT, country TEXT, latitude REAL, longitude REAL);
.import --csv --skip 1 --schema temp airports.csv file
INSERT INTO expect VALUES
  ('the file', (SELECT count(*) FROM file), 3376),
  ('each record once', (SELECT count(*) FROM airport), 3376),
  ('as it is in the file',
    (SELECT count(*) FROM (SELECT * FROM file INTERSECT
                           SELECT iata, name, city, state, country, latitude, longitude FROM airport)), 3376),
  ('each one marked', (SELECT done FROM kv_progress WHERE ledger = 'airports'), 3376),
  ('the checkpoint', checkpoint_get('airports'), 3376),
  ('every record has its state''s span', (SELECT count(*) FROM airport WHERE state_span_km IS NULL), 0),
  ('and a state has one', (SELECT max(n) FROM (SELECT count(DISTINCT state_span_km) AS n FROM airport GROUP BY state)), 1),
  ('Rhode Island measures 84 km', (SELECT round(max(state_span_km)) FROM airport WHERE state = 'RI'), 84.0);

CREATE TEMP TABLE told AS SELECT CAST(readfile('output.2') AS TEXT) AS text;
INSERT INTO expect VALUES
  ('the second start skipped all',
    (SELECT instr(text, '3376 records, 3376 done before this start (skipped), 0 to do') > 0 FROM told), 1),
  ('the bar is full', (SELECT instr(text, '[####################] 100 %  3376 of 3376') > 0 FROM told), 1),
  ('the cache of the first start served all but one of each state', (
    SELECT instr(CAST(readfile('output.1') AS TEXT), printf('%d worked out, %d from the cache', states, 3376 - states)) > 0
    FROM (SELECT count(DISTINCT state) AS states FROM file)), 1);
