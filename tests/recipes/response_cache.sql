-- starts: 2
-- The recipe leaves its clock an hour and a quarter after it began.
SELECT kv_clock(1700004560);

INSERT INTO expect VALUES
  ('/rates expired and was swept', (SELECT count(*) FROM larder_cache WHERE key = 'http:/rates'), 0),
  ('nothing below /news/ is left', (SELECT count(*) FROM larder_cache WHERE key GLOB 'http:/news/*'), 0),
  ('no entry lives for ever', (SELECT count(*) FROM larder_cache WHERE expires_at IS NULL), 0),
  ('the sweep left nothing dead', (SELECT value FROM kv_stats WHERE name = 'dead'), 0);

-- What a reader was told is in the recipe's output.
CREATE TEMP TABLE told AS SELECT CAST(readfile('output.2') AS TEXT) AS text;
INSERT INTO expect VALUES
  ('the first answer was served three times: asked, kept, stale',
    (SELECT (length(text) - length(replace(text, '{"EUR":1.08}', ''))) / 12 FROM told), 3),
  ('what the service says now, never', (SELECT instr(text, '1.11') FROM told), 0),
  ('a remembered NULL', (SELECT instr(text, 'known to be missing') > 0 FROM told), 1),
  ('a miss after the end of life', (SELECT instr(text, 'a miss') > 0 FROM told), 1),
  ('what lives and what ends within the hour', (SELECT instr(text, char(10) || 'http:/news|2640.0|23' || char(10) || 'http:/news' || char(10)) > 0 FROM told), 1);
