ALTER TABLE loans ADD COLUMN times INTEGER NOT NULL DEFAULT 1;
UPDATE loans SET times = times + 1 WHERE member_id > 1;
