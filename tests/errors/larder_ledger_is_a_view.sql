-- ledger_seen: larder_ledger in this database is not Larder's
CREATE VIEW larder_ledger AS SELECT 'default' AS ledger, 'a' AS id, 'done' AS status;
SELECT ledger_seen('a');
