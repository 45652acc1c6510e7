-- starts: 4 at once
-- One round of four workers, twenty jobs each at most. tests/concurrency/recipes_test.py empties the queue, and kills workers.
INSERT INTO expect VALUES
  ('eighty were taken', (SELECT sum(attempts) FROM kv_ledger WHERE ledger = 'thumbnails'), 80),
  ('no thumbnail is there twice', (SELECT count(*) - count(DISTINCT path) FROM thumbnail), 0),
  ('each is one that is done', (SELECT count(*) FROM thumbnail), (SELECT done FROM kv_progress WHERE ledger = 'thumbnails')),
  ('with its result', (SELECT count(*) FROM thumbnail WHERE width = ledger_result('thumbnails', path)), (SELECT count(*) FROM thumbnail)),
  ('oldest first', (SELECT max(path) < 'img_0082' FROM thumbnail), 1),
  ('none was refused', (SELECT done FROM kv_progress WHERE ledger = 'thumbnails'), 80),
  ('all are in the ledger', (SELECT total FROM kv_progress WHERE ledger = 'thumbnails'), 500);
