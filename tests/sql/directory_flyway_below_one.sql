-- Versions that begin with 0 have numbers of their own, too: 0.1 is not 1.
.system mkdir m && for v in 0.1 0.1.2 0.10 1 1.2 0; do echo "INSERT INTO ran VALUES ('$v');" >m/V${v}__x.sql; done
CREATE TABLE ran(version);
SELECT migrate('m');
INSERT INTO expect SELECT 'in order', group_concat(version, ' '), '0 0.1 0.1.2 0.10 1 1.2' FROM (SELECT version FROM ran ORDER BY rowid);
INSERT INTO expect SELECT 'numbers', group_concat(version, ' '), '0 1000001 1000001002 1000010 1 1001002' FROM kv_migration('m');
