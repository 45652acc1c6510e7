-- Versions are numbers: of any width up to 18 digits, in their own order.
.system mkdir m && cd m && for v in 9 010 0002 20240101120000 20240101120000123 999999999999999999; do echo "INSERT INTO log VALUES ($v);" >"${v}_step.sql"; done
CREATE TABLE log(v);
SELECT migrate('m');
-- A name may follow after '_' or '-', or be missing.
.system mkdir n && cd n && touch 1.sql 2-two.sql 3_.sql 4_a-b_c.d.sql 2024-01-02_five.sql 2024-01-02-030405-six.sql
INSERT INTO expect SELECT 'names', group_concat(version || '=' || name), '1=,2=two,3=,4=a-b_c.d,20240102=five,20240102030405=six'
FROM kv_migration('n') WHERE source GLOB 'n/*';
