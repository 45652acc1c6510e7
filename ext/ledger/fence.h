// Tokens of one id only grow, so that a claim that was lost can never be taken for a later one.
// A row remembers its latest token. Before rows are removed, larder_meta remembers the highest of
// their tokens: the fence. The tokens of rows that are added later begin above it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include "store/connection.h"
#include "store/meta.h"

namespace larder {

// In a statement: the fence, and the next token of a new row or of the row that is written.
inline constexpr auto kLedgerFence = sql("coalesce({}, 0)", meta_value("ledger.fence"));
inline constexpr auto kLedgerNewToken = sql("1 + {}", kLedgerFence);
inline constexpr auto kLedgerNextToken = sql("1 + coalesce(token, {})", kLedgerFence);

// A row that may go without a thought of its token.
inline constexpr auto kLedgerBelowFence = sql("(token IS NULL OR token <= {})", kLedgerFence);

// Removing rows is two statements: first the fence is raised to the greatest of their tokens, then
// those go that are below it, which are all unless a trigger of the user's keeps it down. The fence
// stays where it is when none of them has a token: a row that was only ever marked has none.
consteval auto raise_fence_over(const auto& condition) {
  return sql(R"(
INSERT INTO main.larder_meta(name, value)
SELECT 'ledger.fence', greatest
FROM (SELECT max(token) AS greatest FROM main.larder_ledger WHERE {})
WHERE greatest > 0
ON CONFLICT(name) DO UPDATE SET value = excluded.value WHERE value < excluded.value)",
             condition);
}
consteval auto delete_where(const auto& condition) {
  return sql(R"(
DELETE FROM main.larder_ledger
WHERE {})",
             condition);
}

template <std::size_t M, std::size_t N>
struct RemovalText {
  SqlText<M> raise_fence;
  SqlText<N> remove;
};
template <std::size_t M, std::size_t N>
RemovalText(SqlText<M>, SqlText<N>) -> RemovalText<M, N>;

// How to remove the rows of larder_ledger for which `condition` is true.
//
//   constexpr auto kForgetLedger = removal_of("ledger = ?1");
//   remove_rows(connection, kForgetLedger, [&](Query& query) { query.bind_key(1, ledger); });
consteval auto removal_of(const auto& condition) {
  return RemovalText{raise_fence_over(condition),
                     delete_where(sql("({}) AND {}", condition, kLedgerBelowFence))};
}

// A constant made by removal_of().
struct Removal {
  template <std::size_t M, std::size_t N>
  consteval Removal(  // NOLINT(google-explicit-constructor)
      const RemovalText<M, N>& text)
      : raise_fence(text.raise_fence), remove(text.remove) {}

  Sql raise_fence;
  Sql remove;
};

// Runs a statement that changes rows; `bind` binds what it needs. Returns how many it has changed.
template <class Bind>
std::int64_t run_changing(Connection& connection, Sql sql, Bind&& bind) {
  Query query = connection.query(sql);
  bind(query);
  query.run();
  return sqlite3_changes(connection.db());
}

// Removes rows; `bind` binds what the condition needs, in each of the two statements. Returns how
// many rows were removed. Needs a WriteScope, or a statement that writes around it. When the second
// statement fails and the first cannot be undone, tokens have a gap; that is harmless.
template <class Bind>
std::int64_t remove_rows(Connection& connection, const Removal& removal, Bind&& bind) {
  run_changing(connection, removal.raise_fence, bind);
  return run_changing(connection, removal.remove, bind);
}

// Of rows that go one after the other, all or none usually need the fence raised.
struct RemovalHistory {
  bool latest_raised = false;
};

// The same where the condition is true of one row at most. Where the fence need not be raised for
// it, as for every id that was only marked, its removal is one statement.
template <class Bind>
std::int64_t remove_row(Connection& connection, const Removal& removal, Bind&& bind) {
  bool& raises = connection.state<RemovalHistory>().latest_raised;
  const bool tries = !raises;
  if (tries && run_changing(connection, removal.remove, bind) > 0) return 1;
  raises = run_changing(connection, removal.raise_fence, bind) > 0;
  if (tries && !raises) return 0;  // it is not there, or a trigger of the user's has kept it
  return run_changing(connection, removal.remove, bind);
}

}  // namespace larder
