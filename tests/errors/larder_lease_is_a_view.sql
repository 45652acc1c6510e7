-- lease_check: larder_lease in this database is not Larder's
CREATE VIEW larder_lease AS SELECT 'a' AS name, 1 AS token, 'x' AS owner, NULL AS expires_at;
SELECT lease_check('a', 1);
