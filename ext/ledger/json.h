// Values as JSON. SQLite's own json_object() may be missing before 3.38, and refuses BLOBs.
#pragma once

#include <string>

#include "sqlite/value.h"

namespace larder {

// Appends `value`: a text as a string, in which bytes that are no UTF-8 become U+FFFD; a number as
// a number, REAL so that it reads back as the same and as REAL (Inf is 9e999); NULL as null; a BLOB
// as the string of its hexadecimal digits, as hex() writes them.
void append_json(std::string& json, sqlite3_value* value);

}  // namespace larder
