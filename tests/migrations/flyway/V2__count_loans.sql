ALTER TABLE loans ADD COLUMN times INTEGER NOT NULL DEFAULT 1;
UPDATE loans SET times = times + id WHERE member_id > 1;
