-- Options follow the mark.

-- migrate:up transaction:false
pragma journal_mode = wal;
create unique index users_email on users(email);

-- migrate:down transaction:false
drop index users_email;
pragma journal_mode = delete;
