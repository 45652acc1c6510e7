ALTER TABLE book ADD COLUMN isbn TEXT;
CREATE UNIQUE INDEX book_isbn ON book(isbn) WHERE isbn IS NOT NULL;
UPDATE book SET isbn = printf('%013d', id) WHERE id > 1;
