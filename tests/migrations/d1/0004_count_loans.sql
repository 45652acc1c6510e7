-- Migration number: 0004 	 2024-03-15T12:00:00.000Z
ALTER TABLE loans ADD COLUMN times INTEGER NOT NULL DEFAULT 1;
UPDATE loans SET times = times + 1 WHERE member_id > 1;
CREATE VIEW open_loans AS SELECT item, member_id FROM loans WHERE times > 1;
