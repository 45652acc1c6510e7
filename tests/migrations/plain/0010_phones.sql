-- From an editor on Windows.
ALTER TABLE customer ADD COLUMN phone TEXT;
INSERT INTO audit(what) VALUES ('phones')
