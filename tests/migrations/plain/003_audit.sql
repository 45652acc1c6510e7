CREATE TABLE audit(at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP, what TEXT NOT NULL);

/* A trigger has semicolons of its own; nothing need tell where it ends. */
CREATE TRIGGER customer_renamed AFTER UPDATE OF name ON customer
WHEN old.name <> new.name
BEGIN
  INSERT INTO audit(what) VALUES ('renamed; was ' || old.name);
  UPDATE orders SET placed_at = placed_at WHERE customer_id = new.id;
END;

INSERT INTO audit(what) VALUES ('begun -- not a comment; not an end')
