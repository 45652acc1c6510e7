INSERT INTO members (email, name) VALUES ('ada@example.org', 'Ada; the first'), ('bob@example.org', NULL);
INSERT INTO loans (item, member_id) SELECT ' ladder', id FROM members;
