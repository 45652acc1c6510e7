-- starts: 2
-- The second start finds the mark at 200 already, and adds nothing.
INSERT INTO expect VALUES
  ('the mark', checkpoint_get('sync'), 200),
  ('only the new run''s rows', (SELECT group_concat(run || ' ' || upto) FROM fetched), 'four 200'),
  ('the lease is free', (SELECT count(*) FROM kv_lease), 0),
  ('its tokens went on', (SELECT token FROM larder_lease WHERE name = 'sync'), 4);
CREATE TEMP TABLE told AS SELECT replace(CAST(readfile('output.1') AS TEXT), char(10), ';') AS text;
INSERT INTO expect VALUES ('what the runs were told', (SELECT text FROM told),
  '5000;1700000000.0;1;the run of three o''clock|1;1700003600.0;1;0;0;1;sync|200;');
