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
