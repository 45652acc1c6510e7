-- A journal may list version 0 last. While nothing was applied, nothing is out of order.
.system mkdir -p m/meta && for v in 0000_a 0001_b; do echo "INSERT INTO ran VALUES ('$v');" >m/$v.sql; done
.output m/meta/_journal.json
.print '{"entries":[{"when":1700000000000,"tag":"0001_b"},{"when":1700000200000,"tag":"0000_a"}]}'
.output
CREATE TABLE ran(name);
SELECT migrate('m');
INSERT INTO expect SELECT 'in that order', group_concat(name), '0001_b,0000_a' FROM (SELECT name FROM ran ORDER BY rowid);
