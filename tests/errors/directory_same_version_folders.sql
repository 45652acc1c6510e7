-- migrate: m/2018-01-14-171611_a and m/20180114171611_b have the same version, 20180114171611
.system mkdir -p m/2018-01-14-171611_a m/20180114171611_b && touch m/2018-01-14-171611_a/up.sql m/20180114171611_b/up.sql
SELECT migrate('m');
