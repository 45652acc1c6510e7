-- The columns that version 2 of the tables has added. ledger.sql has them, in this order, behind the others.
ALTER TABLE main.larder_ledger ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
ALTER TABLE main.larder_ledger ADD COLUMN in_line_since REAL;
ALTER TABLE main.larder_ledger ADD COLUMN claimed_at REAL;
