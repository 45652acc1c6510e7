-- unsafe use of migrate()
CREATE TABLE t(x);
CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT migrate(); END;
INSERT INTO t VALUES (1);
