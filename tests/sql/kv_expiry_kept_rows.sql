-- Rows that a trigger keeps stay in front of the others. A sweep gets behind them, with an index or without, also where they have one moment.
CREATE TABLE indexed(id INTEGER PRIMARY KEY, at, kept);
CREATE INDEX indexed_at ON indexed(at);
CREATE TABLE plain(id INTEGER PRIMARY KEY, at, kept);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) INSERT INTO indexed SELECT i, 1000 + i / 400, i <= 1100 OR i % 10 = 0 FROM n;
INSERT INTO plain SELECT * FROM indexed;
CREATE TRIGGER keep_indexed BEFORE DELETE ON indexed WHEN old.kept BEGIN SELECT RAISE(IGNORE); END;
CREATE TRIGGER keep_plain BEFORE DELETE ON plain WHEN old.kept BEGIN SELECT RAISE(IGNORE); END;
SELECT kv_clock(5000);
INSERT INTO kv_expiry VALUES ('indexed', 'at', 60, 's');
INSERT INTO expect VALUES ('as many as it may', kv_sweep(100), 100);
INSERT INTO expect SELECT 'the oldest', min(id), 1212 FROM indexed WHERE NOT kept;
INSERT INTO expect VALUES ('the rest', kv_sweep(), 1610), ('nothing is left to do', kv_sweep(), 0);
INSERT INTO expect SELECT 'kept', count(*), 1290 FROM indexed WHERE kept;
INSERT INTO kv_expiry VALUES ('plain', 'at', 60, 's');
INSERT INTO expect VALUES ('as many as it may', kv_sweep(100), 100), ('the rest', kv_sweep(), 1610);
INSERT INTO expect SELECT 'the same', count(*), 1290 FROM plain JOIN indexed USING (id);
