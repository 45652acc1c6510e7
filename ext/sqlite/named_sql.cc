// SQL that reads a table or a database whose name is only known when it runs.
#include "sqlite/named_sql.h"

#include <memory>
#include <new>

#include "sqlite/api.h"

namespace larder {

std::string sql_naming(const char* format, const std::string& name) {
  const std::unique_ptr<char, void (*)(void*)> sql(sqlite3_mprintf(format, name.c_str()),
                                                   sqlite3_free);
  if (!sql) throw std::bad_alloc();
  return sql.get();
}

}  // namespace larder
