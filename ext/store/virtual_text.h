// Virtual tables of the file's, by their text in its schema.
#pragma once

#include <string>

namespace larder {

// Whether a table may run what its text says, in a statement of its own. Of SQLite's modules FTS3
// and FTS4 call by name what compress= and uncompress= say (in any case, and only where nothing
// stands before the sign), and they and FTS5 read from any table that content= names, of which to
// FTS5 a first letter is enough. Of other modules nothing is known.
bool may_run_its_text(const std::string& ddl);

}  // namespace larder
