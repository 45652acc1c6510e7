// The SQLite C API as an extension sees it. Loaded dynamically, every sqlite3_… name is a macro
// that goes through the host's routine table (https://sqlite.org/loadext.html); compiled with
// SQLITE_CORE the names are the functions themselves. Nothing newer than SQLite 3.37 may be called
// without a check of sqlite3_libversion_number().
#pragma once

#include <sqlite3ext.h>

SQLITE_EXTENSION_INIT3
