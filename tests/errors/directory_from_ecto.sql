-- migrate_baseline: the history of Ecto (moves) cannot be taken over; migrate_baseline(version, directory) counts all up to that version as applied
-- Its migrations are programs.
.system mkdir m && echo 'CREATE TABLE a(x);' >m/001_a.sql
CREATE TABLE moves ("version" INTEGER PRIMARY KEY, "inserted_at" TEXT);
INSERT INTO moves VALUES (20231114221320, '2023-11-14T22:13:20');
SELECT migrate_baseline('from', 'm');
