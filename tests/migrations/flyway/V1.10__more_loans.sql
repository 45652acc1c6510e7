INSERT INTO loans (item, member_id) SELECT item || ' again', member_id FROM loans WHERE id > 1;
