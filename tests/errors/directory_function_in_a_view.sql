-- unsafe use of migrate_check()
CREATE VIEW v AS SELECT migrate_check('/etc');
SELECT * FROM v;
