// By which tables other migration tools are known.
#pragma once

#include <string>
#include <vector>

#include "store/connection.h"

namespace larder {

// What a history has for the version of a migration.
enum class VersionsAre {
  kNumbers,
  kParts,      // as Flyway's
  kFileNames,  // or those of folders
  kTimes       // when each was made: drizzle's journal (journal.h) has the versions
};

struct MigrationTool {
  const char* name;
  // The name that its table has unless the user chose another, and a column that a table of that
  // name has whichever version of the tool made it; nullptr where the name tells nothing.
  const char* table;
  const char* column;
  // A table of any other name is this tool's only when it has these columns, in this order, and no
  // other one. Where that is what a user's own table may have, their declared types count, too: a
  // GLOB pattern.
  const char* columns;
  const char* types = nullptr;
  // Where even these are what a user's own table may have: the column that is the primary key.
  const char* key = nullptr;
  // Another table that must be there, or nullptr.
  const char* beside = nullptr;
  // Selects the versions, and of each whether it was applied to its end; of some tools also whether
  // it is a baseline. nullptr where versions are nothing that a directory has here: they are
  // hashes, or names of programs.
  const char* select = nullptr;
  VersionsAre versions = VersionsAre::kNumbers;
  bool is_one_number = false;  // the tool keeps the newest version only
};

// A table of the main database that has the shape of a tool's history.
struct ToolTable {
  const MigrationTool* tool;
  std::string name;
  bool has_usual_name;
};

// Those of one tool stand together.
std::vector<ToolTable> find_tool_tables(Connection& connection);

}  // namespace larder
