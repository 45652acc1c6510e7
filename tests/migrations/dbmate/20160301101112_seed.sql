-- migrate:up
insert into users(id, name, email) values (1, 'alice', 'alice@example.com');

-- migrate:down

