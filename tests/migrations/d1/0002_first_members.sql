-- Migration number: 0002 	 2024-02-12T16:04:55.001Z
INSERT INTO members (email, name) VALUES ('ada@example.org', 'Ada, the first'), ('bob@example.org', NULL);
INSERT INTO loans (item, member_id) SELECT 'ladder', id FROM members;
CREATE TRIGGER loans_trim AFTER INSERT ON loans
BEGIN
  UPDATE loans SET item = trim(new.item) WHERE id = new.id;
END;
