DROP VIEW IF EXISTS open_loans;
CREATE VIEW open_loans AS SELECT l.item, m.name FROM loans AS l JOIN members AS m ON m.id = l.member_id;
