// Who calls. SQLite lets no view or trigger call a function that is DIRECTONLY, but a virtual table
// of the file's may: FTS3 and FTS4 call by name what their options compress= and uncompress= say
// (https://sqlite.org/fts3.html#the_compress_and_uncompress_options), in statements that pass for
// the host's own.
#pragma once

namespace larder {

class Connection;

// Throws Error where a database of the connection has such a table, whoever calls. For what a file
// must not have Larder do.
void check_no_table_calls(Connection& connection);

}  // namespace larder
