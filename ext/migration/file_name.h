// What the names of migrations' files and folders say.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sqlite/ascii.h"

namespace larder {

// Whose script a file holds: that of both directions, or of one.
enum class Direction { kBoth, kUp, kDown };

struct FileName {
  std::int64_t version;  // 0 or more
  // The version as it is written, without the dashes of a date; of Flyway's, as its text().
  std::string digits;
  char separator;  // behind the version: '_' or '-', or NUL where the name ends
  std::string title;
  Direction direction;
  bool is_flyway = false;  // then `digits` may have parts: 1.2
};

// The name of a file or folder, without what is in front of its last '/'.
inline std::string_view name_in_path(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

// Reads 003_state.sql, 003_state.up.sql or 003_state.down.sql, and also 003-state.sql and 003.sql;
// V3__state.sql and U3__state.sql are the ways up and down of Flyway's, and so are V1.2__state.sql
// and V1_2__state.sql.
// Nothing for a file that is not SQL. Throws Error for an SQL file with any other name, so that a
// typing error hides no migration, and for a migration in Go, Rust or Java.
std::optional<FileName> read_file_name(std::string_view name);

// Reads R__item_view.sql, Flyway's name of a repeatable migration, as "item view". Nothing for any
// other name. Throws Error where nothing follows R__.
std::optional<std::string> read_repeatable_name(std::string_view name);

// True for V3__state.sql and its like, whether they can be read here or are programs.
bool is_flyway_migration(std::string_view name);

// Reads the name of a folder: 003_state, 01-state, 2018-01-14-171611_state (version
// 20180114171611). Throws Error.
FileName read_folder_name(std::string_view name);

// Reads a name of a file or folder that somebody else has kept. Nothing where that fails.
std::optional<FileName> try_file_name(std::string_view name);

inline bool begins_with_digit(std::string_view name) { return !name.empty() && is_digit(name[0]); }

}  // namespace larder
