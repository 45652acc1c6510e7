-- In order of their descriptions: the other one is made before.
DROP VIEW IF EXISTS overdue;
CREATE VIEW overdue AS SELECT item FROM open_loans WHERE name IS NULL;
