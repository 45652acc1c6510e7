DROP VIEW shelf;
DROP TRIGGER book_added;
DROP TABLE log;
