-- unsafe use of migrate()
CREATE VIEW v AS SELECT migrate();
SELECT * FROM v;
