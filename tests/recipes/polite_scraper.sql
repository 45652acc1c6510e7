-- starts: 6 at once
-- Twelve pages of each host, and six processes that want four pages each.
INSERT INTO expect VALUES
  ('each host was asked as often as it may be', (SELECT count(*) FROM (SELECT 1 FROM request GROUP BY host HAVING count(*) >= 5)), 2),
  -- (The time of a request is a little later than the time of taking.)
  ('and no more often', (SELECT count(*) FROM request AS a JOIN request AS b ON a.host = b.host AND b.at >= a.at
    WHERE (SELECT count(*) FROM request AS c WHERE c.host = a.host AND c.at BETWEEN a.at AND b.at) > 5 + (b.at - a.at + 0.2) / 2), 0),
  ('no page was fetched twice', (SELECT count(*) FROM request), (SELECT count(DISTINCT url) FROM request)),
  ('each that was is marked', (SELECT count(*) FROM request), (SELECT count(*) FROM kv_ledger WHERE ledger = 'fetched')),
  ('what was taken is owed', (SELECT count(*) FROM kv_rate WHERE allowed_at > kv_clock() + 5), 2);
-- Once all is paid off, five more.
SELECT kv_clock(kv_clock() + 20);
INSERT INTO expect VALUES ('five more', (SELECT sum(rate_take('a.example', 5, '10s') = 0) FROM json_each('[1,2,3,4,5,6,7]')), 5);
