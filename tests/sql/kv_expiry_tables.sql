-- Which tables may have a rule, whatever their names, and what becomes of a rule whose table changes.
SELECT kv_clock(10000);
CREATE TABLE "we""ird; DROP TABLE t; -- 'x'"("a;""b" INTEGER, k TEXT COLLATE NOCASE, n, PRIMARY KEY (k, n DESC)) WITHOUT ROWID;
INSERT INTO "we""ird; DROP TABLE t; -- 'x'" VALUES (1, 'a', 1), (1, 'B', 2), (20000, 'b', 3), (2, 'C', 4), (NULL, 'd', 5);
CREATE TABLE "größe"("Zeit" REAL, rowid, _rowid_);
INSERT INTO "größe" VALUES (1.5, 1, 1), (20000.5, 2, 2);
CREATE TABLE generated(made REAL, ends AS (made + 60), stored AS (made + 60) STORED);
INSERT INTO generated(made) VALUES (9940), (9941);
INSERT INTO kv_expiry SELECT 'we"ird; DROP TABLE t; -- ''x''', 'a;"b', NULL, NULL UNION ALL SELECT 'größe', 'zeit', 0, 's' UNION ALL SELECT 'generated', 'ends', NULL, 's';
INSERT INTO expect VALUES ('named as in the file', (SELECT group_concat(column_name) FROM kv_expiry), 'ends,Zeit,a;"b'), ('swept', kv_sweep(), 5),
  ('names', (SELECT group_concat(k) FROM "we""ird; DROP TABLE t; -- 'x'"), 'b,d'), ('a hidden rowid', (SELECT count(*) FROM "größe"), 1),
  ('a generated column', (SELECT count(*) FROM generated), 1), ('no error', (SELECT count(error) FROM kv_expiry), 0);
UPDATE kv_expiry SET column_name = 'STORED' WHERE table_name = 'generated';
INSERT INTO expect VALUES ('another column', (SELECT column_name FROM kv_expiry WHERE table_name = 'generated'), 'stored');
CREATE TABLE many(a, b, c, d, at, PRIMARY KEY (a, b, c, d)) WITHOUT ROWID;
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 19999)
INSERT INTO many SELECT 'same', i / 100, x'00', i, iif(i % 2, 1, 20000) FROM n;
INSERT INTO kv_expiry VALUES ('many', 'at', 0, 's');
INSERT INTO expect VALUES ('through a long key', kv_sweep(), 10000), ('', (SELECT sum(at) FROM many), 20000 * 10000);

-- The doctor knows what is missing, and what helps.
INSERT INTO expect SELECT 'an index', status || ': ' || message,
  'warning: no index leads to the oldest rows of ''many'', so each kv_sweep() reads all of it; CREATE INDEX "many_expiry" ON "many"("at") ends that'
  FROM kv_check WHERE name = 'expiry' AND message GLOB '*many*';
CREATE INDEX "many_expiry" ON "many"("at");
CREATE INDEX "größe_expiry" ON "größe"("Zeit");
CREATE INDEX generated_expiry ON generated(stored);
CREATE INDEX weird_expiry ON "we""ird; DROP TABLE t; -- 'x'"("a;""b");
INSERT INTO expect SELECT 'all have one', status || ': ' || message, 'ok: 4 rule(s)' FROM kv_check WHERE name = 'expiry';
UPDATE many SET at = 1 WHERE d < 1000;
INSERT INTO expect VALUES ('by an index', kv_sweep(), 500);

-- A table that is gone, that has another name, that has become a view; a column that is gone.
DELETE FROM kv_expiry WHERE table_name NOT IN ('many', 'generated');
INSERT INTO kv_expiry VALUES ('größe', 'Zeit', 0, 's');
ALTER TABLE many RENAME TO others;
DROP INDEX generated_expiry;
ALTER TABLE generated DROP COLUMN stored;
INSERT INTO expect VALUES ('no error of the sweep', kv_sweep(), 0), ('no number', (SELECT group_concat(rows_due) FROM kv_expiry), '0');
INSERT INTO expect SELECT 'reported', group_concat(message, ';'),
  'rows of ''generated'' do not expire: ''generated'' has no column ''stored'';rows of ''many'' do not expire: there is no table ''many'' in the main database'
  FROM kv_check WHERE name = 'expiry' AND status = 'error';
INSERT INTO expect SELECT 'and noted', count(error), 2 FROM kv_expiry;
CREATE VIEW many AS SELECT 1 AS a, 2 AS b, 3 AS c, 4 AS d, 5 AS at;
CREATE TRIGGER many_deleted INSTEAD OF DELETE ON many BEGIN DELETE FROM others; END;
SELECT kv_sweep();
INSERT INTO expect VALUES ('a view', (SELECT error FROM kv_expiry WHERE table_name = 'many'), '''many'' is no ordinary table, but of type view'), ('nothing went', (SELECT count(*) FROM others), 19500 - 10000);
CREATE TABLE mine(at);
INSERT INTO mine VALUES (1);
UPDATE kv_expiry SET table_name = 'mine', column_name = 'at' WHERE table_name = 'many';
INSERT INTO expect VALUES ('another table', kv_sweep(), 1), ('no error', (SELECT error FROM kv_expiry WHERE table_name = 'mine'), NULL);

-- Rules that somebody else's hand put into the file.
CREATE TEMP TABLE before AS SELECT count(*) AS n FROM sqlite_schema;
INSERT INTO larder_expiry(table_name, column_name, after, unit) VALUES ('sqlite_schema', 'rootpage', NULL, 's'), ('larder_meta', 'value', NULL, 's'), ('kv_cache', 'expires_at', NULL, 's'),
  ('others', 'at', 'soon', 's'), ('m2', 'at', -5, 's'), ('m3', 'at', 9e999, 's'), ('others' || char(0) || 'x', 'at', NULL, 's'), (x'6f7468657273', 'at', NULL, 's'), ('temp.before', 'n', NULL, 's');
INSERT INTO expect VALUES ('nobody follows them', kv_sweep(), 0), ('the schema is there', (SELECT count(*) FROM sqlite_schema), (SELECT n FROM temp.before)),
  ('all are reported', (SELECT count(*) FROM kv_check WHERE name = 'expiry' AND status = 'error'), 10), ('and shown', (SELECT count(*) FROM kv_expiry), 12),
  ('one of them', (SELECT error FROM kv_expiry WHERE table_name = 'others'), 'after must be a number of seconds, a text such as ''15m'', or NULL; got ''soon''');
