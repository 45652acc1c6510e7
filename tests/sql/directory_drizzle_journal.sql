-- drizzle runs what its journal lists, in that order. Every script writes down that it ran.
.system mkdir -p m/meta && for v in 0000_a 0001_b 0002_c; do echo "INSERT INTO ran VALUES ('$v');" >m/$v.sql; done
.output m/meta/_journal.json
.print '{"version":"7","dialect":"sqlite","entries":[{"idx":0,"version":"6","when":1700000000000,"tag":"0000_a","breakpoints":true},{"idx":1,"version":"6","when":1700000200000,"tag":"0002_c","breakpoints":true},{"idx":2,"version":"6","when":1700000300000,"tag":"0001_b","breakpoints":true}]}'
.output
CREATE TABLE ran(name);
SELECT migrate('m', 2);
INSERT INTO expect SELECT 'a target is in that order', group_concat(name), '0000_a,0002_c' FROM (SELECT name FROM ran ORDER BY rowid);
SELECT migrate('m');
INSERT INTO expect SELECT 'all', group_concat(name), '0000_a,0002_c,0001_b' FROM (SELECT name FROM ran ORDER BY rowid);
INSERT INTO expect SELECT 'shown so', group_concat(version), '0,2,1' FROM kv_migration('m');
