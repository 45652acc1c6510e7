// SQL that reads a table or a database whose name is only known when it runs.
#pragma once

#include <string>

namespace larder {

// `format` with the name for its "%w", quoted, as a name cannot be a parameter.
std::string sql_naming(const char* format, const std::string& name);

}  // namespace larder
