-- starts: 2
INSERT INTO expect VALUES
  ('sessions', (SELECT group_concat(user) FROM session), 'Ada,Cyd'),
  ('invitations, of two runs', (SELECT group_concat(mail) FROM invitation), 'b@example.org,c@example.org,b@example.org,c@example.org'),
  ('ninety days of ten lines, twice', (SELECT abs(count(*) - 1800) <= 4 FROM log), 1),
  ('the others are counted', (SELECT count(*) FROM log) + (SELECT sum(lines) FROM log_removed), 10000),
  ('nothing is due', (SELECT sum(rows_due) FROM kv_expiry), 0),
  ('three rules', (SELECT count(*) FROM kv_expiry WHERE last_swept_at IS NOT NULL AND error IS NULL), 3),
  ('the doctor', (SELECT status FROM kv_check WHERE name = 'expiry'), 'ok');
CREATE TEMP TABLE told AS SELECT replace(CAST(readfile('output.1') AS TEXT), char(10), ';') AS text;
INSERT INTO expect VALUES ('what the run was told', (SELECT text FROM told), '3;Ada;Cyd;4103;invitation|0|1|;log|0|1|;session|0|1|;');
