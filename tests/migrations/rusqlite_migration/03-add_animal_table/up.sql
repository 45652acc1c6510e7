CREATE TABLE animal(name TEXT);
