// The doctor on names: a table or view of the user's that stands where one of Larder's would.
#include <algorithm>
#include <string>

#include "kv/check.h"
#include "sqlite/ascii.h"
#include "sqlite/named_sql.h"

namespace larder {

namespace {

// A table of the user's hides Larder's of the same name: SQLite looks for ordinary tables in every
// database first. It ignores case.
bool is_ours(const Connection& connection, const std::string& name) {
  const auto features = connection.features();
  return std::any_of(features.begin(), features.end(), [&](const Feature* feature) {
    return std::any_of(feature->tables.begin(), feature->tables.end(), [&](const auto* table) {
      return sqlite3_stricmp(table->name, name.c_str()) == 0;
    });
  });
}

// (LIKE is avoided: PRAGMA case_sensitive_like changes what it finds. SQLite makes of a row what
// its text says, whatever its type.)
constexpr char kSelectNames[] = R"(
SELECT name, type
FROM "%w".sqlite_schema
WHERE type NOT IN ('index', 'trigger') AND lower(substr(name, 1, 3)) = 'kv_')";

void check_names_of(Connection& connection, const std::string& database, Findings& findings) {
  Query names = connection.query_once(sql_naming(kSelectNames, database).c_str());
  while (names.step()) {
    const std::string name = names.text(0);
    if (!is_ours(connection, name)) continue;
    const std::string type = lower_case(names.text(1));
    findings.push_back(
        {"names", Finding::Status::kWarning,
         "the " + type + " " + database + "." + name + " hides Larder's table of that name; " +
             (type == "view" ? "DROP VIEW" : "ALTER TABLE ... RENAME TO, or DROP TABLE,") +
             " shows it again"});
  }
}

}  // namespace

// A database that cannot be read, because it is locked for example, does not hide the findings of
// the others.
void check_names(Connection& connection, Findings& findings) {
  add_unless_found(
      {"names", Finding::Status::kOk, "none of Larder's tables is hidden"}, findings, [&] {
        Query databases = connection.query("PRAGMA database_list");
        while (databases.step()) {
          const std::string database = databases.text(1);
          guarded(
              {"names", Finding::Status::kWarning, database + ": its names could not be read: "},
              findings, [&] { check_names_of(connection, database, findings); });
        }
      });
}

}  // namespace larder
