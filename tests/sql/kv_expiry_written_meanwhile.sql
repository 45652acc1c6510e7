-- A statement that writes a table and calls kv_sweep() meanwhile: the rows of that table stay until the next sweep, and kv_expiry says why.
CREATE TABLE session(id TEXT PRIMARY KEY, ends REAL);
CREATE TABLE other(id TEXT PRIMARY KEY, ends REAL);
INSERT INTO session VALUES ('a', 1), ('b', 2), ('c', 9e9);
INSERT INTO other SELECT id, ends FROM session;
INSERT INTO kv_expiry VALUES ('session', 'ends', NULL, 's'), ('other', 'ends', NULL, 's');
SELECT kv_clock(1000);
UPDATE session SET ends = ends + kv_sweep();
INSERT INTO expect VALUES ('its rows stay', (SELECT count(*) FROM session), 3), ('others went', (SELECT count(*) FROM other), 1),
  ('why', (SELECT group_concat(table_name || ': ' || error) FROM kv_expiry WHERE error IS NOT NULL), 'session: the statement that calls kv_sweep() writes it, too'),
  ('whole', (SELECT integrity_check FROM pragma_integrity_check), 'ok');
DELETE FROM session WHERE kv_sweep() > 5;
INSERT INTO session SELECT 'd' || kv_sweep(), 5;
INSERT INTO expect VALUES ('still', (SELECT group_concat(id) FROM session ORDER BY id), 'a,b,c,d0'), ('swept', kv_sweep(), 3),
  ('no error now', (SELECT count(error) FROM kv_expiry), 0), ('whole', (SELECT integrity_check FROM pragma_integrity_check), 'ok');

-- By a trigger or a foreign key, too.
CREATE TABLE part(id TEXT PRIMARY KEY, session TEXT REFERENCES session(id) ON DELETE CASCADE, at REAL);
INSERT INTO session VALUES ('e', 5);
INSERT INTO part VALUES ('p', 'e', 1), ('q', NULL, 2);
UPDATE part SET at = kv_sweep();
INSERT INTO expect VALUES ('both are there', (SELECT count(*) FROM part), 2), ('one by one', kv_sweep(), 1), ('it took its part along', (SELECT group_concat(id) FROM part), 'q'),
  ('whole', (SELECT integrity_check FROM pragma_integrity_check), 'ok');

-- A DELETE without WHERE empties a table at once, in a trigger as well.
CREATE TABLE visit(id INTEGER PRIMARY KEY, at REAL);
CREATE TABLE log(id INTEGER PRIMARY KEY, x, y);
CREATE INDEX log_x ON log(x);
INSERT INTO log VALUES (1, 1, 1), (2, 2, 2), (3, 3, 3);
CREATE TRIGGER forget AFTER DELETE ON visit BEGIN DELETE FROM log; END;
INSERT INTO visit VALUES (1, 5);
INSERT INTO kv_expiry VALUES ('visit', 'at', NULL, 's');
UPDATE log SET y = kv_sweep() WHERE id = 2;
INSERT INTO log VALUES (2, 5, 5) ON CONFLICT (id) DO UPDATE SET y = kv_sweep();
INSERT INTO expect VALUES ('not emptied', (SELECT count(*) FROM log), 3), ('why', (SELECT error FROM kv_expiry WHERE table_name = 'visit'), 'the statement that calls kv_sweep() writes it, too'),
  ('whole', (SELECT integrity_check FROM pragma_integrity_check), 'ok'), ('by itself', kv_sweep(), 1), ('emptied', (SELECT count(*) FROM log), 0);

-- A virtual table, which a trigger writes.
CREATE TRIGGER forget_entry AFTER DELETE ON other BEGIN DELETE FROM kv_cache WHERE key = old.id; END;
INSERT INTO other VALUES ('x', 1);
SELECT cache_set('x', 'word');
UPDATE kv_cache SET value = value || kv_sweep() WHERE key = 'x';
INSERT INTO expect VALUES ('both are there', cache_get('x'), 'word0'), ('it is due', (SELECT count(*) FROM other WHERE id = 'x'), 1),
  ('both go', kv_sweep(), 1), ('none is there', cache_has('x'), 0);
DROP TRIGGER forget_entry;

-- A trigger that calls it is what SQLite expects, but not where a call of Larder's sets it off, which stands in a statement.
CREATE TABLE job(id INTEGER PRIMARY KEY, ends REAL, token);
CREATE INDEX job_ends ON job(ends);
INSERT INTO kv_expiry VALUES ('job', 'ends', NULL, 's');
CREATE TRIGGER sweep_at_jobs AFTER INSERT ON job BEGIN SELECT kv_sweep(); END;
INSERT INTO job VALUES (1, 5, 0), (2, 5, 0), (3, 9e9, 0);
INSERT INTO expect VALUES ('the first two went', (SELECT group_concat(id) FROM job), '3');
DROP TRIGGER sweep_at_jobs;
INSERT INTO job VALUES (1, 5, 0), (2, NULL, 0);
CREATE TRIGGER sweep_at_entries AFTER INSERT ON larder_cache BEGIN SELECT kv_sweep(); END;
UPDATE job SET token = cache_set('job:' || id, id);
INSERT INTO expect VALUES ('all stay', (SELECT group_concat(id || token) FROM job), '11,22,33'), ('whole', (SELECT integrity_check FROM pragma_integrity_check), 'ok'),
  ('one goes', kv_sweep() >= 1, 1), ('by itself', (SELECT group_concat(id) FROM job), '2,3');
DROP TRIGGER sweep_at_entries;

-- Whatever the statement begins with.
CREATE TABLE plain AS SELECT 0 AS token;
INSERT INTO other VALUES ('y', 5);
; /* one */ ; UPDATE plain SET token = kv_sweep();
INSERT INTO expect VALUES ('swept', (SELECT count(*) FROM other WHERE id = 'y'), 0), ('no error', (SELECT count(error) FROM kv_expiry), 0);
