CREATE TABLE log(id INTEGER PRIMARY KEY AUTOINCREMENT, what TEXT, times INTEGER NOT NULL DEFAULT 1);
CREATE TRIGGER book_added AFTER INSERT ON book
BEGIN
  INSERT INTO log(what) VALUES ('added ' || new.title);
  INSERT INTO log(what, times) VALUES (CASE WHEN new.title IS NULL THEN 'untitled' ELSE 'titled' END, 1);
END;
CREATE VIEW shelf AS SELECT a.name, b.title FROM book AS b JOIN author AS a ON a.id = b.author;
