CREATE TRIGGER loans_trim AFTER INSERT ON loans
BEGIN
  UPDATE loans SET item = trim(new.item) WHERE id = new.id;
END;
INSERT INTO loans (item, member_id) VALUES (' saw ', 1);
