// Whether a statement that runs writes what a sweep is going to write.
#pragma once

#include <string>

#include "store/connection.h"

namespace larder {

// True when a statement that has led to this call of kv_sweep() writes a table or an index that
// `deletion` would write, too, by itself or by a trigger or a foreign key. SQLite does not expect a
// function to change what its statement changes: rows of the index may stay behind. (It does expect
// that of a trigger, which may call kv_sweep().) Throws Error.
bool is_written_meanwhile(const Connection& connection, const std::string& deletion);

}  // namespace larder
