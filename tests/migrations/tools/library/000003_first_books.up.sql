INSERT INTO author(id, name) VALUES (1, 'Ursula K. Le Guin'), (7, NULL);
INSERT INTO book(author, title) VALUES (1, 'The Dispossessed'), (7, 'Beowulf');
