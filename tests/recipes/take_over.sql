-- starts: 2
-- The second start finds everything known, and changes nothing.
INSERT INTO expect SELECT 'thumbnails', group_concat(id || ' ' || status, ', '), 'a.jpg done, b.jpg done, c.jpg skipped, d.jpg pending, e.jpg pending' FROM kv_ledger WHERE ledger = 'thumbnails';
INSERT INTO expect VALUES
  ('the reason', (SELECT error FROM kv_ledger WHERE id = 'c.jpg'), 'not an image'),
  ('in their order', (SELECT group_concat(id) FROM (SELECT id FROM larder_ledger WHERE in_line_since IS NOT NULL ORDER BY in_line_since, token)), 'd.jpg,e.jpg'),
  ('the mark', checkpoint_get('thumbnails'), 1041),
  ('orders', (SELECT group_concat(id || ' ' || CAST(done_at AS INTEGER)) FROM kv_ledger WHERE ledger = 'orders'), '7 1793520000,8 1793606400'),
  ('with result and time', (SELECT group_concat(id || ' ' || result || ' ' || CAST(done_at AS INTEGER)) FROM kv_ledger WHERE ledger = 'thumbnails' AND status = 'done'),
    'a.jpg 160 1793520000,b.jpg 90 1793606400'),
  ('the cache', (SELECT group_concat(key || ' ' || CAST(created_at AS INTEGER)) FROM (SELECT * FROM kv_cache WHERE key IN ('logo', 'old', 'rates') ORDER BY key)), 'logo 1700000000,rates 1700000000'),
  ('its ends', (SELECT group_concat(key || ' ' || coalesce(CAST(expires_at AS INTEGER), 'never'), ', ') FROM (SELECT * FROM kv_cache ORDER BY key)),
    'camera 4102444800, lens never, logo never, rates 4102444800'),
  ('a BLOB stays one', cache_get('logo'), x'89504e47');
CREATE TEMP TABLE told AS SELECT value AS start, replace(replace(CAST(readfile('output.' || value) AS TEXT), char(10), ';'), char(13), '') AS text FROM json_each('[1,2]');
INSERT INTO expect SELECT 'told at start ' || start, text, iif(start = 1, '1;1;', '1;0;') || 'orders|2|0|0;thumbnails|2|1|2;0|160|0;1041|{"EUR":1}|X100|0;' FROM told;
INSERT INTO expect SELECT 'the doctor', group_concat(message), NULL FROM kv_check WHERE status = 'error';
