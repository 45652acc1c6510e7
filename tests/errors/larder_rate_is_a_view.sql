-- rate_take: larder_rate in this database is not Larder's
CREATE VIEW larder_rate AS SELECT 1;
SELECT rate_take('a', 1, '1s');
