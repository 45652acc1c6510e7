UPDATE log SET times = times * 2 + 1;
INSERT INTO log(what) VALUES ('counted again');
