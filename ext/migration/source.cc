// Where a call takes its migrations from.
#include "migration/source.h"

#include "migration/declared.h"
#include "migration/directory.h"
#include "sqlite/utf8.h"

namespace larder {

namespace {

constexpr std::size_t kLongestPath = 4096;  // bytes; Linux takes no longer ones

std::string directory_of(sqlite3_value* argument) {
  // A number is refused, too: whoever writes migrate(3) means the target.
  if (sqlite3_value_type(argument) != SQLITE_TEXT) {
    throw Error("source must be the path of a directory, or NULL for what was declared; got " +
                describe(argument));
  }
  std::string path(text_of(argument));
  if (path.empty()) throw Error("source must not be the empty text; the current directory is '.'");
  if (path.size() > kLongestPath)
    throw Error("source is too long for a path; got " + describe(argument));
  if (path.find('\0') != std::string::npos) throw Error("source must not contain a NUL character");
  if (find_not_utf8(path) != std::string::npos)
    throw Error("source must be UTF-8; got " + describe(argument));
  return path;
}

}  // namespace

Source read_source(Connection& connection, sqlite3_value* argument) {
  if (argument != nullptr && !is_null(argument))
    return read_directory(connection, directory_of(argument));
  Source declared;
  declared.wanted = Declared(connection).all();
  return declared;
}

}  // namespace larder
