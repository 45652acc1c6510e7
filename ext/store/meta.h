// What is kept in larder_meta under a name: one value each.
#pragma once

#include <string_view>
#include <utility>

#include "store/connection.h"

namespace larder {

namespace detail {

// Outside of the templates, so that each is compiled once.
inline constexpr char kSelectMeta[] = "SELECT value FROM main.larder_meta WHERE name = ?1";
inline constexpr char kStoreMeta[] =
    "INSERT INTO main.larder_meta(name, value) VALUES (?1, ?2) "
    "ON CONFLICT(name) DO UPDATE SET value = excluded.value";

}  // namespace detail

// Calls `use` with the value of `name`, unless there is none or it is NULL.
template <class Use>
void with_meta(Connection& connection, std::string_view name, Use&& use) {
  if (!connection.schema().has("larder_meta")) return;
  Query query = connection.query(detail::kSelectMeta);
  if (query.bind(1, name).step() && !query.is_null(0)) std::forward<Use>(use)(query.value(0));
}

// Stores a number or a text. Needs a WriteScope or a transaction.
void store_meta(Connection& connection, std::string_view name, const auto& value) {
  connection.query(detail::kStoreMeta).bind(1, name).bind(2, value).run();
}

}  // namespace larder
