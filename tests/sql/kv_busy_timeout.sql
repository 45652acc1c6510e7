-- Waiting for locks: what holds, and a handler that is fair.
INSERT INTO expect VALUES ('as loading left it', kv_busy_timeout(), 5000);
INSERT INTO expect VALUES ('set', kv_busy_timeout(2000), 2000), ('holds', kv_busy_timeout(), 2000), ('text of a number', kv_busy_timeout('3000'), 3000), ('the doctor knows', (SELECT message FROM kv_check WHERE name = 'busy_timeout'), '3000 ms');
-- PRAGMA busy_timeout sees SQLite's own handler only.
INSERT INTO expect VALUES ('the pragma', (SELECT timeout FROM pragma_busy_timeout), 0);
-- The host's later word holds.
PRAGMA busy_timeout = 700;
INSERT INTO expect VALUES ('the host''s', kv_busy_timeout(), 700);
INSERT INTO expect VALUES ('set over it', kv_busy_timeout(2147483647), 2147483647), ('none', kv_busy_timeout(0), 0), ('stays', kv_busy_timeout(), 0);
