// What a table in the file is to Larder: one of its own, one of an earlier version, or somebody
// else's under the same name.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "schema_sql.h"

namespace larder {

// The version of the tables in sql/schema. A new table is created where it is missing. One that
// gets further columns needs them at its end, and a script in sql/schema/added. (Connections that
// know the tables notice by the changed schema, so a version that changes none of it would have to
// touch it.)
inline constexpr std::int64_t kSchemaVersion = 2;

// A row of sqlite_schema.
struct FoundTable {
  std::string name;  // in lower case
  std::string type;
  std::string sql;
};

enum class TableForm { kForeign, kOutdated, kCurrent };

// The table of Larder's that is called `name`; nullptr when there is none.
const EmbeddedTable* find_table(std::string_view name);

// `version` of the tables is what larder_meta says of the file; 0 for larder_meta itself.
TableForm form_of(const FoundTable& table, const EmbeddedTable& expected, std::int64_t version);

}  // namespace larder
