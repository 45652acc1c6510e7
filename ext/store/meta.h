// What is kept in larder_meta under a name: one value each.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>

#include "store/connection.h"
#include "store/write_scope.h"

namespace larder {

// Outside of the templates, so that each is compiled once.
inline constexpr char kSelectMeta[] = "SELECT value FROM main.larder_meta WHERE name = ?1";
inline constexpr auto kStoreMeta = sql(R"(
INSERT INTO main.larder_meta(name, value)
VALUES (?1, ?2)
ON CONFLICT(name) DO UPDATE
SET value = excluded.value)");

// In a statement: the value under `name`, NULL where there is none.
consteval auto meta_value(const auto& name) {
  return sql("(SELECT value FROM main.larder_meta WHERE name = '{}')", name);
}

// Calls `use` with the value of `name`, unless there is none or it is NULL.
template <class Use>
void with_meta(Connection& connection, std::string_view name, Use&& use) {
  if (!connection.schema().has("larder_meta")) return;
  Query query = connection.query(kSelectMeta);
  if (query.bind(1, name).step() && !query.is_null(0)) std::forward<Use>(use)(query.value(0));
}

// Stores a number or a text. Needs a WriteScope or a transaction.
void store_meta(Connection& connection, std::string_view name, const auto& value) {
  connection.query(kStoreMeta).bind(1, name).bind(2, value).run();
}

// The same for a number that only grows: nothing happens when it is no greater than the stored one.
// Throws Error when a trigger of the user's keeps it down.
inline void raise_meta(Connection& connection, std::string_view name, std::int64_t value) {
  static constexpr auto kRaiseMeta =
      sql("{} WHERE excluded.value > CAST(value AS INTEGER)", kStoreMeta);
  connection.query(kRaiseMeta).bind(1, name).bind(2, value).run();
  if (sqlite3_changes(connection.db()) > 0) return;
  bool is_raised = false;
  with_meta(connection, name,
            [&](sqlite3_value* stored) { is_raised = sqlite3_value_int64(stored) >= value; });
  if (!is_raised) throw not_written("larder_meta");
}

// Removes what is stored under `name`. Needs as much.
inline void forget_meta(Connection& connection, std::string_view name) {
  static constexpr char kForgetMeta[] = "DELETE FROM main.larder_meta WHERE name = ?1";
  connection.query(kForgetMeta).bind(1, name).run();
}

}  // namespace larder
