// Who calls. SQLite lets no view or trigger call a function, or read a table, that is DIRECTONLY,
// but a virtual table of the file's may: FTS3 and FTS4 call by name what their options compress=
// and uncompress= say (https://sqlite.org/fts3.html#the_compress_and_uncompress_options), FTS5 what
// its rank says, all three read what content= names, and a module of the host's may run whatever
// its arguments say, in statements that pass for the host's own.
#pragma once

namespace larder {

class Connection;

// SQLite looks at what a schema calls when it parses it, and lets a function pass that it does not
// know: a generated column, an index or a CHECK could then call what it may not
// (https://sqlite.org/security.html). So has what was parsed before Larder was loaded parsed again,
// at its next use: not in Mode::kBare and kJoin, which leave the connection alone, and not in a
// transaction that has written. Guarded it is done in all modes, or throws Error. To be called
// before anything is registered, so that a failure leaves nothing behind.
void forget_parsed_schema(const Connection& connection);

// Throws Error where a database of the connection has such a table and other statements run than
// the caller's: the table's would be inside that which uses the table. For what a file must not
// have Larder do.
void check_called_by_no_table(Connection& connection);

// Throws Error while a statement runs that calls what the file says: PRAGMA integrity_check and
// quick_check evaluate each CHECK of the file
// (https://sqlite.org/pragma.html#pragma_integrity_check), out of which older SQLite (3.48.0) keeps
// nothing; and FTS5 sorts by rank.
void check_no_statement_calls(const Connection& connection);

// In a call that another call of Larder's has led to. SQLite keeps what is DIRECTONLY out of the
// file's views and triggers, but older ones not out of a CHECK, to which a trigger on a table of
// Larder's may lead. Of the caller's own only a temporary trigger can have led there: throws Error
// unless the connection has one.
void check_led_by_caller(Connection& connection);

}  // namespace larder
