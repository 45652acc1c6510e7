-- migrate: m/R__a b.sql and m/R__a_b.sql have the same name, 'a b'
.system mkdir m && touch m/V1__a.sql m/R__a_b.sql 'm/R__a b.sql'
SELECT migrate('m');
