-- migrate_baseline: there are histories of both goose (moves) and goose (steps); drop the one that is not in use
-- Two that are not empty.
.system mkdir m && touch m/001_a.sql
CREATE TABLE moves(id INTEGER PRIMARY KEY AUTOINCREMENT, version_id INTEGER NOT NULL, is_applied INTEGER NOT NULL, tstamp TIMESTAMP);
CREATE TABLE steps(id INTEGER PRIMARY KEY AUTOINCREMENT, version_id INTEGER NOT NULL, is_applied INTEGER NOT NULL, tstamp TIMESTAMP);
INSERT INTO moves(version_id, is_applied) VALUES (0, 1), (1, 1);
INSERT INTO steps(version_id, is_applied) VALUES (0, 1), (1, 1);
SELECT migrate_baseline('from', 'm');
