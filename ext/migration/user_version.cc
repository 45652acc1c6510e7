// PRAGMA user_version, by which a database says how far it is migrated.
#include "migration/user_version.h"

#include <algorithm>
#include <string>

#include "store/meta.h"

namespace larder {

namespace {

// Kept beside the settings; kv_config() does not know it.
constexpr std::string_view kAdopted = "migration.adopted";

std::int64_t stored_adopted(Connection& connection) {
  std::int64_t version = 0;
  with_meta(connection, kAdopted,
            [&](sqlite3_value* value) { version = sqlite3_value_int64(value); });
  return version;
}

}  // namespace

std::int64_t read_user_version(Connection& connection) {
  Query query = connection.query("PRAGMA main.user_version");
  return query.step() ? query.integer(0) : 0;
}

std::int64_t read_adopted(Connection& connection, bool has_history) {
  return has_history ? stored_adopted(connection) : read_user_version(connection);
}

void remember_adopted(Connection& connection, std::int64_t version) {
  if (version != stored_adopted(connection)) store_meta(connection, kAdopted, version);
}

std::int64_t expected_user_version(Connection& connection, std::int64_t adopted) {
  static constexpr char kExpected[] = R"(
SELECT coalesce(max(version) FILTER (WHERE version <= 0x7fffffff), 0)
  + count(*) FILTER (WHERE version > 0x7fffffff)
FROM main.larder_migration)";
  Query query = connection.query(kExpected);
  query.step();
  constexpr std::int64_t kLargestVersion = 0x7fffffff;  // SQLite stores 32 bits with a sign
  return std::max(std::min(query.integer(0), kLargestVersion), adopted);
}

std::int64_t write_user_version(Connection& connection, std::int64_t adopted) {
  const std::int64_t version = expected_user_version(connection, adopted);
  // A pragma takes no parameter; this is a number of ours.
  connection.query_once(("PRAGMA main.user_version = " + std::to_string(version)).c_str()).run();
  // Nothing else tells that an authorizer has it ignored.
  Query written = connection.query("PRAGMA main.user_version");
  if (!written.step() || written.integer(0) != version) throw Error(SQLITE_AUTH, "not authorized");
  return version;
}

}  // namespace larder
